#include "indicator/calculation.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace skurd {

namespace {

/// The trouble with a formula that means more than one series, or one of another unit; mostly none.
LocalizedText formula_error_in(const Definition& definition, const std::vector<Observation>& observations)
{
    const auto& formula = *definition.formula.plain();
    const auto other = std::find_if(observations.begin(), observations.end(), [&](const auto& observation) {
        return observation.series != observations.front().series;
    });
    if (other == observations.end()) {
        auto unit = observations.empty() ? Quantity{} : quantity_of(observations.front().unit);
        const auto clash = unit_clash(
            definition.formula, [&](const Formula&) { return unit; }, quantity_of(definition.unit));
        return clash ? LocalizedText{formula.text() + ": " + clash->words.nb, formula.text() + ": " + clash->words.en}
                     : LocalizedText{};
    }
    const auto& first = observations.front().label;
    return {fmt::format("formelen {} gjelder flere serier ({}; {}): la den nevne én, eller sum(…)", formula.text(),
                        first, other->label),
            fmt::format("the formula {} means several series ({}; {}): make it name one, or sum(…)", formula.text(),
                        first, other->label)};
}

/// By the definition in force when it was published, or that of the question where it reads earlier values itself.
int definition_of(const Indicator& indicator, const Definition& in_force, Time published)
{
    return in_force.reads_earlier_values ? in_force.id : std::min(indicator.definition_at(published).id, in_force.id);
}

IndicatorValues computed_values(const Catalogue& catalogue, const Indicator& indicator, std::optional<Time> as_of,
                                const ReadSeries& read)
{
    const auto& in_force = indicator.definition_at(as_of);
    const auto from = reading_of(indicator, as_of).published_from;
    const auto other = [&](int number) -> const Indicator& { return *catalogue.find(number); };
    const CalculationInputs inputs = {[&](const Selector& selector) { return read(selector, from); },
                                      [&](int number) { return values_of(catalogue, other(number), as_of, read); },
                                      [&](int number) { return quantity_of(other(number).definition_at(as_of)); }};
    auto values = calculate(in_force.formula, inputs, quantity_of(in_force), in_force.decimals);
    for (auto& [period, value] : values)
        value.definition = definition_of(indicator, in_force, value.published_at);
    return values;
}

} // namespace

Reading reading_of(const Indicator& indicator, std::optional<Time> as_of)
{
    const auto& in_force = indicator.definition_at(as_of);
    if (in_force.reads_earlier_values)
        return {selectors_of(in_force.formula), Time::min()};
    int first = in_force.id;
    while (indicator.definition(first).keeps_earlier_values)
        --first;
    return {selectors_of(in_force.formula), indicator.definition(first).from};
}

IndicatorValues values_of(const Catalogue& catalogue, const Indicator& indicator, std::optional<Time> as_of,
                          const ReadSeries& read)
{
    const auto reading = reading_of(indicator, as_of);
    if (const auto* series = indicator.definition_at(as_of).formula.plain())
        return values_from(indicator, as_of, read(*series, reading.published_from));
    return computed_values(catalogue, indicator, as_of, read);
}

IndicatorValues values_from(const Indicator& indicator, std::optional<Time> as_of,
                            const std::vector<Observation>& observations)
{
    const auto& in_force = indicator.definition_at(as_of);
    const auto formula_error = formula_error_in(in_force, observations);
    IndicatorValues values;
    for (const auto& observation : observations) {
        IndicatorValue value;
        if (formula_error.empty())
            value.value = observation.value;
        value.definition = definition_of(indicator, in_force, observation.published_at);
        value.vintage = observation.vintage;
        value.published_at = observation.published_at;
        value.confidence = observation.confidence;
        value.formula_error = formula_error;
        value.correction = observation.correction;
        values[observation.period] = std::move(value);
    }
    return values;
}

namespace {

/// The state of some series at every publication, walked through in time.
class Versions {
public:
    explicit Versions(std::vector<Observation> versions) : versions_(std::move(versions))
    {
        std::stable_sort(versions_.begin(), versions_.end(),
                         [](const auto& a, const auto& b) { return a.published_at < b.published_at; });
    }

    void add_publications(std::set<Time>& times) const
    {
        for (const auto& version : versions_)
            times.insert(version.published_at);
    }

    /// Never earlier than the last time asked about.
    std::vector<Observation> at(Time published, Time published_from)
    {
        for (; next_ < versions_.size() && versions_[next_].published_at <= published; ++next_)
            state_[{versions_[next_].series, versions_[next_].period}] = next_;
        std::vector<Observation> found;
        for (const auto& [cell, index] : state_)
            if (versions_[index].published_at >= published_from)
                found.push_back(versions_[index]);
        return found;
    }

private:
    std::vector<Observation> versions_;
    std::map<std::pair<std::int64_t, Period>, std::size_t> state_;
    std::size_t next_ = 0;
};

void collect(const Catalogue& catalogue, const Indicator& indicator, std::vector<const Indicator*>& found)
{
    if (std::find(found.begin(), found.end(), &indicator) != found.end())
        return;
    found.push_back(&indicator);
    for (const auto& definition : indicator.definitions)
        for (const int number : indicators_of(definition.formula))
            if (const auto* other = catalogue.find(number))
                collect(catalogue, *other, found);
}

} // namespace

std::vector<const Indicator*> made_from(const Catalogue& catalogue, const Indicator& indicator)
{
    std::vector<const Indicator*> found;
    collect(catalogue, indicator, found);
    return found;
}

std::vector<ValuesFrom> values_over_time(const Catalogue& catalogue, const Indicator& indicator,
                                         const ReadVersions& read)
{
    std::map<std::string, Selector> selectors;
    std::set<Time> definitions;
    for (const auto* one : made_from(catalogue, indicator))
        for (const auto& definition : one->definitions) {
            definitions.insert(definition.from);
            for (auto& selector : selectors_of(definition.formula))
                selectors.emplace(selector.text(), selector);
        }
    std::map<std::string, Versions> versions;
    std::set<Time> times;
    for (const auto& [text, selector] : selectors)
        versions.emplace(text, read(selector)).first->second.add_publications(times);
    if (times.empty())
        return {};
    times.insert(definitions.lower_bound(*times.begin()), definitions.end());
    std::vector<ValuesFrom> found;
    for (const auto time : times)
        found.push_back({time, values_of(catalogue, indicator, time, [&](const Selector& selector, Time from) {
                             return versions.at(selector.text()).at(time, from);
                         })});
    return found;
}

} // namespace skurd

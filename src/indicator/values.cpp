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

/// What values are asked for: as of which day, and by a definition that is seen so.
struct Question {
    const Catalogue& catalogue;
    std::optional<Time> as_of;
    const ReadSeries& read;
};

PublicationWindow window_of(const Indicator& indicator, const Definition& definition, Time until)
{
    if (definition.reads_earlier_values)
        return {Time::min(), until};
    int first = definition.id;
    while (indicator.definition(first).keeps_earlier_values)
        --first;
    return {indicator.definition(first).from, until};
}

/// By the definition in force when it was published, or that of the question where it reads earlier values itself.
int definition_of(const Indicator& indicator, const Definition& in_force, Time published)
{
    return in_force.reads_earlier_values ? in_force.id : std::min(indicator.definition_at(published).id, in_force.id);
}

IndicatorValues plain_values(const Indicator& indicator, const Definition& in_force,
                             const std::vector<Observation>& observations)
{
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

/// The values by one definition, of vintages published before `until`.
IndicatorValues values_by(const Question& question, const Indicator& indicator, const Definition& definition,
                          Time until)
{
    const auto window = window_of(indicator, definition, until);
    if (const auto* series = definition.formula.plain())
        return plain_values(indicator, definition, question.read(*series, window));
    const auto day = seen_in(window, {question.as_of, {}}).published;
    const auto other = [&](int number) -> const Indicator& { return *question.catalogue.find(number); };
    const auto* before = definition.id > 1 ? &indicator.definition(definition.id - 1) : nullptr;
    const CalculationInputs inputs = {
        [&](const Selector& selector) { return question.read(selector, window); },
        [&](int number) { return values_of(question.catalogue, other(number), day, question.read); },
        [&](int number) { return quantity_of(other(number).definition_at(day)); },
        [&] { return values_by(question, indicator, *before, definition.from); }, before};
    auto values = calculate(definition.formula, inputs, quantity_of(definition), definition.decimals);
    const auto define = [&](IndicatorValue& value) {
        if (value.definition == 0)
            value.definition = definition_of(indicator, definition, value.published_at);
    };
    for (auto& [period, value] : values) {
        define(value);
        std::for_each(value.others.begin(), value.others.end(), define);
    }
    return values;
}

} // namespace

AsOf seen_in(const PublicationWindow& window, AsOf as_of)
{
    if (window.until != Time::max())
        as_of.published = std::min(as_of.published.value_or(Time::max()), window.until - Time::duration(1));
    return as_of;
}

std::vector<Selector> Reading::selectors() const
{
    std::vector<Selector> found;
    for (const auto& one : series)
        if (std::none_of(found.begin(), found.end(),
                         [&](const Selector& known) { return known.text() == one.selector.text(); }))
            found.push_back(one.selector);
    return found;
}

Reading reading_of(const Indicator& indicator, std::optional<Time> as_of)
{
    Reading reading;
    const auto* definition = &indicator.definition_at(as_of);
    for (Time until = Time::max();;) {
        for (auto& selector : selectors_of(definition->formula))
            reading.series.push_back({std::move(selector), window_of(indicator, *definition, until), definition->id});
        if (!reads_earlier(definition->formula))
            return reading;
        until = definition->from;
        definition = &indicator.definition(definition->id - 1);
    }
}

IndicatorValues values_of(const Catalogue& catalogue, const Indicator& indicator, std::optional<Time> as_of,
                          const ReadSeries& read)
{
    return values_by({catalogue, as_of, read}, indicator, indicator.definition_at(as_of), Time::max());
}

IndicatorValues values_from(const Indicator& indicator, std::optional<Time> as_of,
                            const std::vector<Observation>& observations)
{
    return plain_values(indicator, indicator.definition_at(as_of), observations);
}

namespace {

/// The state of some series at every publication, walked through in time.
class Versions {
public:
    explicit Versions(std::vector<Observation> versions, Time until = Time::max()) : versions_(std::move(versions))
    {
        std::erase_if(versions_, [&](const auto& version) { return version.published_at >= until; });
        std::stable_sort(versions_.begin(), versions_.end(),
                         [](const auto& a, const auto& b) { return a.published_at < b.published_at; });
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
    std::map<std::string, std::vector<Observation>> histories;
    std::set<Time> times;
    for (const auto& [text, selector] : selectors)
        for (const auto& version : histories.emplace(text, read(selector)).first->second)
            times.insert(version.published_at);
    if (times.empty())
        return {};
    times.insert(definitions.lower_bound(*times.begin()), definitions.end());
    std::map<std::pair<std::string, Time>, Versions> versions; // selector and until when it is read
    const auto versions_of = [&](const std::string& text, Time until) -> Versions& {
        const auto known = versions.find({text, until});
        return known != versions.end()
                   ? known->second
                   : versions.emplace(std::pair(text, until), Versions(histories.at(text), until)).first->second;
    };
    std::vector<ValuesFrom> found;
    for (const auto time : times)
        found.push_back({time, values_of(catalogue, indicator, time,
                                         [&](const Selector& selector, const PublicationWindow& window) {
                                             return versions_of(selector.text(), window.until).at(time, window.from);
                                         })});
    return found;
}

} // namespace skurd

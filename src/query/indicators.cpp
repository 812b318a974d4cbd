#include "query/indicators.hpp"

#include "base/error.hpp"
#include "model/annotation.hpp"
#include "model/indicator_name.hpp"
#include "query/indicator_reader.hpp"
#include "store/correction_store.hpp"
#include "store/observation_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

std::vector<Observation> observations_from(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                           Numbers numbers, Time published_from)
{
    if (!ObservationStore(store).has(selector))
        return {};
    return current_observations(store, selector, as_of, numbers,
                                published_from == Time::min() ? std::nullopt : std::optional(published_from));
}

IndicatorSeries indicator_series(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                 const AsOf& as_of, Numbers numbers)
{
    return IndicatorReader(store, catalogue, as_of, numbers).series(indicator);
}

std::vector<std::string> formula_errors(const StoreSession& store, const Catalogue& catalogue)
{
    std::vector<std::string> errors;
    IndicatorReader reader(store, catalogue, {}, Numbers::published);
    for (const auto& indicator : catalogue.indicators) {
        const auto values = reader.series(indicator).values;
        const auto wrong = std::find_if(values.begin(), values.end(),
                                        [](const auto& entry) { return !entry.second.formula_error.empty(); });
        if (wrong != values.end())
            errors.push_back(fmt::format("{}: indicator {}: {}", indicator.definition_at(std::nullopt).where,
                                         indicator_name(indicator.number), wrong->second.formula_error.en));
    }
    return errors;
}

std::vector<Observation> current_observations(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                              Numbers numbers, std::optional<Time> published_from)
{
    auto observations = ObservationStore(store).as_of(selector, as_of, published_from);
    const auto moment = moment_of(as_of);
    apply_corrections(observations, CorrectionStore(store).list(selector.dataset, ended_if(moment.has_value())),
                      moment, numbers);
    return observations;
}

std::vector<Observation> indicator_observations(const StoreSession& store, const Indicator& indicator,
                                                const AsOf& as_of, Numbers numbers)
{
    const auto reading = reading_of(indicator, as_of.published);
    std::vector<Observation> found;
    for (const auto& selector : reading.series) {
        auto observations = observations_from(store, selector, as_of, numbers, reading.published_from);
        found.insert(found.end(), std::make_move_iterator(observations.begin()),
                     std::make_move_iterator(observations.end()));
    }
    return found;
}

std::vector<ValuesFrom> indicator_over_time(const StoreSession& store, const Catalogue& catalogue,
                                            const Indicator& indicator)
{
    return values_over_time(catalogue, indicator, [&](const Selector& selector) {
        return ObservationStore(store).has(selector) ? ObservationStore(store).history(selector)
                                                     : std::vector<Observation>();
    });
}

std::vector<std::string> datasets_of(const Catalogue& catalogue, const Indicator& indicator)
{
    std::set<std::string> datasets;
    for (const auto* one : made_from(catalogue, indicator))
        for (const auto& definition : one->definitions)
            for (const auto& selector : selectors_of(definition.formula))
                datasets.insert(selector.dataset);
    return {datasets.begin(), datasets.end()};
}

} // namespace skurd

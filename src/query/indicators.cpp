#include "query/indicators.hpp"

#include "base/error.hpp"
#include "indicator/selector_check.hpp"
#include "model/annotation.hpp"
#include "model/indicator_name.hpp"
#include "query/indicator_reader.hpp"
#include "query/versions_as_of.hpp"
#include "store/correction_store.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

/// With the corrections that stand at the two clocks, whatever the window.
std::vector<Observation> corrected(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                   Numbers numbers, std::vector<Observation> observations)
{
    const auto moment = moment_of(as_of);
    apply_corrections(observations, CorrectionStore(store).list(selector.dataset, ended_if(moment.has_value())),
                      moment, numbers);
    return observations;
}

/// The dimensions that a dataset had when it was fetched last, with every code it ever had; nothing where that was
/// not stored.
std::optional<DatasetOffer> fetched_offer(const StoreSession& store, const std::string& dataset)
{
    const auto schema = DatasetSchemaStore(store).accepted(dataset);
    if (!schema)
        return std::nullopt;
    DatasetOffer offer{dataset, {}, false};
    for (const auto& dimension : schema->dimensions) {
        auto& codes = offer.dimensions[dimension.id];
        codes.may_be_others = false;
        for (const auto& category : dimension.categories)
            codes.named.insert(category.code);
        for (const auto& category : ObservationStore(store).codes(dataset, dimension.id))
            codes.named.insert(category.code);
    }
    return offer;
}

} // namespace

std::vector<Observation> observations_from(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                           Numbers numbers, const PublicationWindow& window)
{
    if (!ObservationStore(store).has(selector))
        return {};
    const auto from = window.from == Time::min() ? std::nullopt : std::optional(window.from);
    return corrected(store, selector, as_of, numbers,
                     ObservationStore(store).as_of(selector, seen_in(window, as_of), from));
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

std::vector<std::string> selector_errors(const StoreSession* store, const Catalogue& catalogue,
                                         std::vector<DatasetOffer> jobs)
{
    std::set<std::string> read;
    for (const auto& indicator : catalogue.indicators)
        for (auto& dataset : datasets_of(catalogue, indicator))
            read.insert(std::move(dataset));
    for (const auto& one : catalogue.templates)
        for (auto& dataset : datasets_of(catalogue, one.indicator))
            read.insert(std::move(dataset));
    std::vector<DatasetOffer> fetched;
    for (const auto& dataset : store ? VintageStore(*store).datasets() : std::vector<std::string>()) {
        auto offer = read.contains(dataset) ? fetched_offer(*store, dataset) : std::nullopt;
        if (offer)
            fetched.push_back(std::move(*offer));
        else // fetched before schemas were stored; or nobody's, and a name that a slip may be near to
            jobs.push_back({dataset, {}, true});
    }
    return unknown_selectors(catalogue, jobs, fetched);
}

std::vector<Observation> current_observations(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                              Numbers numbers, std::optional<Time> published_from)
{
    return corrected(store, selector, as_of, numbers, ObservationStore(store).as_of(selector, as_of, published_from));
}

void visit_current_observations(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                Numbers numbers, const std::function<void(std::vector<Observation>&)>& visit,
                                const ObservationStore::SeriesRange& range)
{
    const auto moment = moment_of(as_of);
    const auto corrections = CorrectionStore(store).list(selector.dataset, ended_if(moment.has_value()));
    const auto corrected = [&](std::vector<Observation>& found) {
        apply_corrections(found, corrections, moment, numbers);
        visit(found);
    };
    ObservationStore(store).visit_as_of(selector, as_of, std::nullopt, corrected, range);
}

std::vector<Observation> indicator_observations(const StoreSession& store, const Indicator& indicator,
                                                const AsOf& as_of, Numbers numbers)
{
    const auto reading = reading_of(indicator, as_of.published);
    std::vector<Observation> found;
    for (const auto& read : reading.series) {
        auto observations = observations_from(store, read.selector, as_of, numbers, read.window);
        found.insert(found.end(), std::make_move_iterator(observations.begin()),
                     std::make_move_iterator(observations.end()));
    }
    return found;
}

std::vector<ValuesFrom> indicator_over_time(const StoreSession& store, const Catalogue& catalogue,
                                            const Indicator& indicator, const AsOf& as_of)
{
    return values_over_time(catalogue, indicator, [&](const Selector& selector) {
        std::vector<Observation> versions;
        if (ObservationStore(store).has(selector))
            versions = ObservationStore(store).history(selector);
        keep_versions_as_of(versions, as_of);
        return versions;
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

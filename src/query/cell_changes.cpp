#include "query/cell_changes.hpp"

#include "model/formula.hpp"
#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace skurd {

namespace {

/// Appends the changes of one dataset's series.
void add_changes(const StoreSession& store, const Selector& selector, const AsOf& from, const AsOf& to,
                 std::vector<CellChange>& changes)
{
    std::map<std::pair<std::int64_t, Period>, CellChange> cells;
    for (auto& seen : ObservationStore(store).as_of(selector, from)) {
        auto& cell = cells[{seen.series, seen.period}];
        cell.before = seen.value;
        cell.observation = std::move(seen);
    }
    for (auto& seen : ObservationStore(store).as_of(selector, to)) {
        auto& cell = cells[{seen.series, seen.period}];
        cell.now = seen.value;
        cell.observation = std::move(seen);
    }
    for (auto& [key, cell] : cells)
        if (cell.before != cell.now)
            changes.push_back(std::move(cell));
}

bool is_in(const Selector& selector, const Observation& seen)
{
    return selector.dataset == seen.dataset &&
           std::all_of(selector.codes.begin(), selector.codes.end(), [&](const auto& wanted) {
               return std::any_of(seen.codes.begin(), seen.codes.end(), [&](const auto& has) {
                   return has.first == wanted.first &&
                          std::find(wanted.second.begin(), wanted.second.end(), has.second) != wanted.second.end();
               });
           });
}

/// Whether the number is of a series that the indicator is made from, under any definition.
bool is_of(const Indicator& indicator, const Observation& seen)
{
    return std::any_of(indicator.definitions.begin(), indicator.definitions.end(), [&](const Definition& definition) {
        const auto selectors = selectors_of(definition.formula);
        return std::any_of(selectors.begin(), selectors.end(),
                           [&](const Selector& selector) { return is_in(selector, seen); });
    });
}

} // namespace

std::vector<CellChange> cell_changes(const StoreSession& store, const std::optional<Selector>& selector,
                                     const AsOf& from, const AsOf& to)
{
    std::vector<CellChange> changes;
    if (selector)
        add_changes(store, *selector, from, to, changes);
    else
        for (const auto& dataset : datasets_published_between(store, from, to))
            add_changes(store, {dataset, {}}, from, to, changes);
    return changes;
}

std::vector<std::string> datasets_published_between(const StoreSession& store, const AsOf& from, const AsOf& to)
{
    std::set<std::string> names;
    const auto later = [](const std::optional<Time>& a, const std::optional<Time>& b) {
        return !a || (b && *b < *a);
    };
    const auto& first = later(to.published, from.published) ? from : to;
    const auto& last = later(to.published, from.published) ? to : from;
    const bool is_of_publication = from.known == to.known; // what was seen on two days differs otherwise
    for (const auto& vintage : VintageStore(store).list()) {
        const auto at = vintage.published.published_at;
        if (!is_of_publication ||
            ((first.published && *first.published < at) && !(last.published && *last.published < at)))
            names.insert(vintage.dataset);
    }
    return {names.begin(), names.end()};
}

LocalizedText change_reason(const CellChange& change, const Catalogue& catalogue)
{
    if (!change.before || !change.before->number)
        return {"nytt tall", "a new figure"};
    if (!change.now || !change.now->number)
        return {"trukket", "withdrawn"};
    for (const auto& indicator : catalogue.indicators)
        for (const auto& one : indicator.revisions)
            if (one.period == change.observation.period && one.published == change.observation.published_at &&
                is_of(indicator, change.observation))
                return {"revidert: " + one.reason.nb, "revised: " + one.reason.en};
    return {"revidert, uten oppgitt grunn", "revised, no reason given"};
}

} // namespace skurd

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

/// Of one series, by period.
std::vector<CellChange> changes_between(std::vector<Observation>& before, std::vector<Observation>& now)
{
    std::map<Period, CellChange> cells;
    for (auto& seen : before) {
        auto& cell = cells[seen.period];
        cell.before = seen.value;
        cell.observation = std::move(seen);
    }
    for (auto& seen : now) {
        auto& cell = cells[seen.period];
        cell.now = seen.value;
        cell.observation = std::move(seen);
    }
    std::vector<CellChange> changes;
    for (auto& [period, cell] : cells)
        if (cell.before != cell.now)
            changes.push_back(std::move(cell));
    return changes;
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
    visit_cell_changes(store, selector, from, to, {}, [&](const CellChange& change) {
        changes.push_back(change);
        return true;
    });
    return changes;
}

void visit_cell_changes(const StoreSession& store, const std::optional<Selector>& selector, const AsOf& from,
                        const AsOf& to, const std::optional<CellPlace>& after,
                        const std::function<bool(const CellChange&)>& visit)
{
    std::vector<Selector> selectors;
    if (selector)
        selectors.push_back(*selector);
    else
        for (auto& dataset : datasets_published_between(store, from, to))
            selectors.push_back({std::move(dataset), {}});
    bool goes_on = true;
    for (const auto& one : selectors) {
        if (!goes_on)
            return;
        if (after && one.dataset < after->dataset)
            continue;
        const bool is_begun = after && one.dataset == after->dataset;
        const auto is_past = [&](const CellChange& change) {
            return !is_begun || change.observation.series != after->series ||
                   after->period < change.observation.period;
        };
        const auto visit_series = [&](std::vector<Observation>& before, std::vector<Observation>& now) {
            for (const auto& change : changes_between(before, now))
                goes_on = goes_on && (!is_past(change) || visit(change));
            return goes_on;
        };
        ObservationStore(store).visit_two_states(one, from, to, visit_series, {is_begun ? after->series : 0});
    }
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

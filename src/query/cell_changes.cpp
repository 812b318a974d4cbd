#include "query/cell_changes.hpp"

#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"

#include <map>
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

} // namespace

std::vector<CellChange> cell_changes(const StoreSession& store, const std::optional<Selector>& selector,
                                     const AsOf& from, const AsOf& to)
{
    std::vector<CellChange> changes;
    if (selector)
        add_changes(store, *selector, from, to, changes);
    else
        for (const auto& dataset : VintageStore(store).datasets())
            add_changes(store, {dataset, {}}, from, to, changes);
    return changes;
}

} // namespace skurd

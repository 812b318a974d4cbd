#include "evaluate/reconcile_flags.hpp"

#include "store/flag_store.hpp"

namespace skurd {

void reconcile_flags(StoreSession& store, const std::vector<FlagCause>& found,
                     const std::function<bool(const Flag&)>& is_theirs, Time now)
{
    store_flag_changes(store, changes_of(FlagStore(store).list(Ended::included), found, is_theirs, now));
}

void store_flag_changes(StoreSession& store, const std::vector<FlagChange>& changes)
{
    for (const auto& change : changes) {
        if (change.event == FlagEvent::raised)
            FlagStore(store).raise(change.flag);
        else
            FlagStore(store).change(change.flag, to_string(change.event));
    }
}

} // namespace skurd

#include "query/quarantine.hpp"

#include "base/error.hpp"
#include "store/quarantine_store.hpp"

namespace skurd {

Quarantined find_quarantined(const StoreSession& store, std::int64_t id)
{
    auto found = QuarantineStore(store).find(id);
    if (!found)
        throw usage_error("nothing in quarantine has the number {} (see `skurd quarantine list --all`)", id);
    return std::move(*found);
}

std::vector<Quarantined> waiting_in_quarantine(const StoreSession& store)
{
    return QuarantineStore(store).list();
}

} // namespace skurd

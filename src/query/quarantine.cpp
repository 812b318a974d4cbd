#include "query/quarantine.hpp"

#include "base/error.hpp"
#include "store/quarantine_store.hpp"

#include <algorithm>

namespace skurd {

Quarantined find_quarantined(const StoreSession& store, std::int64_t id)
{
    const auto all = QuarantineStore(store).list(true);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Quarantined& one) { return one.id == id; });
    if (found == all.end())
        throw usage_error("nothing in quarantine has the number {} (see `skurd quarantine list --all`)", id);
    return *found;
}

} // namespace skurd

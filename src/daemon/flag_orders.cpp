#include "daemon/flag_orders.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "evaluate/publications.hpp"
#include "flag/flag_state.hpp"
#include "model/annotation.hpp"
#include "model/flag.hpp"
#include "model/flag_event.hpp"
#include "model/indicator.hpp"
#include "query/indicators.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

Json acknowledge_flags(StoreSession& store, const Json& order, Time now)
{
    const auto ids = order.value("flags", std::vector<std::int64_t>());
    const auto by = checked_note("the name", order.value("by", ""));
    const auto note = checked_note("the note", order.value("note", ""));
    const auto flags = FlagStore(store).list(true);
    StoreSession::Transaction transaction(store);
    for (const auto id : std::set(ids.begin(), ids.end())) {
        const auto found = std::find_if(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.id == id; });
        if (found == flags.end())
            throw usage_error("there is no flag {} (see `skurd flags --all`)", id);
        FlagStore(store).change(acknowledged(*found, by, note, now), to_string(FlagEvent::acknowledged));
    }
    transaction.commit();
    return {{"exit", 0}, {"flags", ids}};
}

} // namespace skurd

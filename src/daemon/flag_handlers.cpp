#include "daemon/flag_handlers.hpp"

#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "flag/flag_state.hpp"
#include "model/annotation.hpp"
#include "store/actor_uid_store.hpp"
#include "store/flag_store.hpp"

#include <algorithm>
#include <map>

namespace skurd {

void acknowledge_flags(StoreSession& store, const AcknowledgeOrder& order, std::optional<std::uint32_t> uid, Time now)
{
    const auto actor = checked_note("the name", order.actor);
    const auto note = checked_note("the note", order.note);
    const auto flags = FlagStore(store).list(Ended::included);
    std::map<std::int64_t, const Flag*> answered;
    for (const auto id : order.flags) {
        const auto found = std::find_if(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.id == id; });
        if (found == flags.end())
            throw usage_error("there is no flag {} (see `skurd flags --all`)", id);
        answered[id] = &*found;
        for (const auto& flag : flags)
            if (flag.state == FlagState::open && flag.origin == found->key)
                answered[flag.id] = &flag;
    }
    StoreSession::Transaction transaction(store);
    for (const auto& [id, flag] : answered) {
        const auto event =
            FlagStore(store).change(acknowledged(*flag, actor, note, now), to_string(FlagEvent::acknowledged));
        ActorUidStore(store).record(ActorDeed::acknowledgement, event, actor, uid);
    }
    transaction.commit();
}

DoneResult handle(const AcknowledgeOrder& order, OrderScope& scope)
{
    acknowledge_flags(scope.workspace.store, order, scope.giver.uid, scope.workspace.clock.now());
    return {};
}

} // namespace skurd

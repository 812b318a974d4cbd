#include "store/actor_uid_store.hpp"
#include "store/chain/log_chain.hpp"
#include "store/chain/people.hpp"
#include "store/columns.hpp"

namespace skurd {

void ActorUidStore::record(ActorDeed deed, std::int64_t item, const std::string& actor,
                           std::optional<std::uint32_t> uid)
{
    if (!uid)
        return;
    StoreSession::Transaction transaction(session_);
    auto& database = session_.database();
    const auto number = static_cast<std::int64_t>(*uid);
    const auto id =
        Statement(database, "INSERT INTO actor_uid (kind, item, at, actor, uid, uid_hash)"
                            " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id")
            .insert(to_string(deed), item, session_.now(), actor, number, uid_hash(database, actor, number));
    LogChain(database).add(LogItem::actor, id);
    transaction.commit();
}

std::optional<std::uint32_t> uid_or_nothing(const Statement& row, int column)
{
    return row.is_null(column) || row.integer(column) < 0
               ? std::nullopt
               : std::optional(static_cast<std::uint32_t>(row.integer(column)));
}

} // namespace skurd

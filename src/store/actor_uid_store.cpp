#include "store/actor_uid_store.hpp"
#include "store/columns.hpp"

namespace skurd {

void ActorUidStore::record(ActorDeed deed, std::int64_t item, const std::string& actor,
                           std::optional<std::uint32_t> uid)
{
    if (!uid)
        return;
    Statement(session_.database(), "INSERT INTO actor_uid (kind, item, at, actor, uid) VALUES ($1, $2, $3, $4, $5)")
        .run(to_string(deed), item, session_.now(), actor, static_cast<std::int64_t>(*uid));
}

std::optional<std::uint32_t> uid_or_nothing(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(static_cast<std::uint32_t>(row.integer(column)));
}

} // namespace skurd

#include "store/chain/content_chain.hpp"
#include "store/chain/log_chain.hpp"
#include "store/chain/older_chain.hpp"
#include "store/chain/people.hpp"

#include <array>
#include <vector>

namespace skurd {

namespace {

/// Everybody whom an older store names; and of those whose user number is known, its hash.
void hash_people(Database& database)
{
    std::vector<std::string> names;
    Statement row(database, "SELECT actor FROM annotation UNION SELECT withdrawn_by FROM annotation UNION"
                            " SELECT actor FROM correction UNION SELECT ended_by FROM correction UNION"
                            " SELECT actor FROM flag_event UNION SELECT actor FROM sign_off UNION"
                            " SELECT actor FROM actor_uid");
    while (row.step())
        names.push_back(row.text(0));
    for (const auto& name : names)
        person_hash(database, name);
    for (const auto id : integers(database, "SELECT id FROM actor_uid")) {
        Statement known(database, "SELECT actor, uid FROM actor_uid WHERE id = $1");
        known.bind(id).step();
        const auto hash = uid_hash(database, known.view(0), known.integer(1));
        known.reset();
        Statement(database, "UPDATE actor_uid SET uid_hash = $2 WHERE id = $1").run(id, hash);
    }
}

} // namespace

void link_older(Database& database)
{
    if (database.integer("SELECT count(*) FROM (SELECT 1 FROM commit_log UNION ALL SELECT 1 FROM run UNION ALL"
                         " SELECT 1 FROM catalogue UNION ALL SELECT 1 FROM actor_uid) AS anything") == 0)
        return;
    hash_people(database);
    LogChain chain(database);
    chain.add(LogItem::older, 0);
    std::vector<std::array<std::int64_t, 3>> published;
    Statement part(
        database,
        "SELECT DISTINCT seq, ingest_id, dataset_id FROM commit_log"
        " WHERE kind IN ('vintage', 'label') AND dataset_id IS NOT NULL ORDER BY seq, dataset_id NULLS FIRST");
    while (part.step())
        published.push_back({part.integer(0), part.integer(1), part.integer(2)});
    for (const auto& [seq, ingest, dataset] : published)
        link_content(database, dataset, seq, ingest);
    for (const auto seq : integers(database, "SELECT DISTINCT seq FROM commit_log ORDER BY seq"))
        chain.add(LogItem::commit, seq);
    for (const auto id : integers(database, "SELECT id FROM run WHERE outcome <> 'running' ORDER BY id"))
        chain.add(LogItem::run, id);
    for (const auto id : integers(database, "SELECT id FROM catalogue ORDER BY id"))
        chain.add(LogItem::catalogue, id);
    for (const auto id : integers(database, "SELECT id FROM actor_uid ORDER BY id"))
        chain.add(LogItem::actor, id);
}

} // namespace skurd

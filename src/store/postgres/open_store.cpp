#include "store/postgres/open_store.hpp"

#include "base/error.hpp"
#include "store/engine/statement.hpp"
#include "store/postgres/postgres_database.hpp"
#include "store/postgres/postgres_fleet.hpp"
#include "store/postgres/schema.hpp"
#include "store/postgres/upgrade.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// Locks of the connection: they go when that does, and with it everything that was not committed. Their number is
/// that of the store's schema, since others in the same database are other stores.
constexpr auto lock_alone = "SELECT CASE WHEN pg_try_advisory_lock(1936422258, CAST(CAST(to_regnamespace("
                            "current_schema()) AS oid) AS integer)) THEN 1 ELSE 0 END";
constexpr auto let_others_in = "SELECT pg_advisory_lock_shared(1936422258, CAST(CAST(to_regnamespace("
                               "current_schema()) AS oid) AS integer)), pg_advisory_unlock(1936422258,"
                               " CAST(CAST(to_regnamespace(current_schema()) AS oid) AS integer))";
constexpr auto lock_beside_others = "SELECT pg_advisory_lock_shared(1936422258, CAST(CAST(to_regnamespace("
                                    "current_schema()) AS oid) AS integer))";

std::string holder_of_lock(Database& database)
{
    Statement holder(database, "SELECT l.pid, coalesce(host(a.client_addr), 'the server itself'), a.application_name"
                               " FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid"
                               " WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 1936422258"
                               " AND l.objid = CAST(to_regnamespace(current_schema()) AS oid)"
                               " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    return holder.step()
               ? fmt::format(": {} on {}, the server's process {}", holder.view(2), holder.view(1), holder.view(0))
               : std::string();
}

std::string upgrade_text(const WantedUpgrade& upgrade)
{
    return fmt::format("skurd {} on {} waits to bring the store to schema version {}", upgrade.program, upgrade.host,
                       upgrade.version);
}

/// A newer program has its turn first: this one would keep it waiting for ever.
void require_no_newer(PostgresDatabase& database)
{
    if (const auto upgrade = wanted_upgrade(database);
        upgrade && upgrade->version > static_cast<std::int64_t>(newest_postgres_version()))
        throw StoreError(fmt::format("{}: {}: install that version here too; reading goes on until then",
                                     database.location(), upgrade_text(*upgrade)));
}

/// Whoever is alone brings an older store up to date. Others are let in after that.
void open_beside_others(PostgresDatabase& database, const Clock& clock)
{
    if (database.integer(lock_alone) != 0) {
        if (postgres_schema_version(database) == newest_postgres_version())
            require_no_newer(database);
        migrate_postgres(database, clock);
        forget_upgrade(database);
        database.exec(let_others_in);
        return;
    }
    try {
        database.exec(lock_beside_others);
    } catch (const StoreError&) {
        throw StoreError(fmt::format("{}: an older skurd has the store open for writing, or one brings it up to"
                                     " date{}; end it, or wait for it",
                                     database.location(), holder_of_lock(database)),
                         ExitCode::busy);
    }
    if (postgres_schema_version(database) < newest_postgres_version()) {
        ask_for_upgrade(database, newest_postgres_version(), host_name());
        throw StoreError(
            fmt::format("{}: is of an older version, and others write it{}; those of the last version end"
                        " by themselves now, older ones are to be ended: then this program brings it up"
                        " to date",
                        database.location(), holder_of_lock(database)));
    }
    require_no_newer(database);
}

} // namespace

std::unique_ptr<Database> open_postgres_for_writing(const PostgresTarget& target, const std::filesystem::path& folder,
                                                    const Clock& clock)
{
    auto database = std::make_unique<PostgresDatabase>(target, PostgresDatabase::Access::write);
    open_beside_others(*database, clock);
    database->write_as(enter_postgres_fleet(target, folder, clock, fleet_time_for(clock)));
    return database;
}

std::unique_ptr<Database> open_postgres_for_reading(const PostgresTarget& target)
{
    auto database = std::make_unique<PostgresDatabase>(target, PostgresDatabase::Access::read);
    require_postgres_version(*database);
    return database;
}

bool is_postgres_store(const PostgresTarget& target)
{
    PostgresDatabase database(target, PostgresDatabase::Access::read);
    return postgres_schema_version(database) > 0;
}

} // namespace skurd

#include "store/postgres/open_store.hpp"

#include "base/error.hpp"
#include "store/engine/statement.hpp"
#include "store/postgres/postgres_database.hpp"
#include "store/postgres/schema.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// A lock of the connection: it goes when that does, and with it everything that was not committed. Its number is
/// that of the store's schema, since others in the same database are other stores.
void take_writer_lock(PostgresDatabase& database)
{
    constexpr auto lock = "SELECT CASE WHEN pg_try_advisory_lock(1936422258, CAST(CAST(to_regnamespace("
                          "current_schema()) AS oid) AS integer)) THEN 1 ELSE 0 END";
    if (database.integer(lock) != 0)
        return;
    Statement holder(database, "SELECT l.pid, coalesce(host(a.client_addr), 'the server itself'), a.application_name"
                               " FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid"
                               " WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 1936422258"
                               " AND l.objid = CAST(to_regnamespace(current_schema()) AS oid)"
                               " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    const auto who = holder.step() ? fmt::format(": {} on {}, the server's process {}", holder.view(2),
                                                 holder.view(1), holder.view(0))
                                   : std::string();
    throw StoreError(
        fmt::format("{}: another process has the store open for writing{}; end it, or give the daemon the "
                    "order",
                    database.location(), who),
        ExitCode::busy);
}

} // namespace

std::unique_ptr<Database> open_postgres_for_writing(const PostgresTarget& target, const Clock& clock)
{
    auto database = std::make_unique<PostgresDatabase>(target, PostgresDatabase::Access::write);
    take_writer_lock(*database);
    migrate_postgres(*database, clock);
    Statement raise(*database, "UPDATE writer SET token = token + 1 RETURNING token");
    raise.step();
    database->write_as(raise.integer(0));
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

#include "store/postgres/upgrade.hpp"

#include "store/engine/statement.hpp"

namespace skurd {

void ask_for_upgrade(PostgresDatabase& database, std::size_t version, const std::string& host)
{
    if (database.integer("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                         " AND tablename = 'upgrade'") == 0)
        return; // those who write it are of before, and do not look
    Statement(database, "INSERT INTO upgrade (version, program, host, until) VALUES ($1, $2, $3,"
                        " to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '5 minutes',"
                        " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')) ON CONFLICT (version) DO UPDATE SET"
                        " program = excluded.program, host = excluded.host, until = excluded.until")
        .run(version, SKURD_VERSION, host);
}

std::optional<WantedUpgrade> wanted_upgrade(Database& database)
{
    Statement row(database,
                  "SELECT version, program, host FROM upgrade"
                  " WHERE until > to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                  " AND version > (SELECT max(version) FROM migration) ORDER BY version DESC LIMIT 1");
    if (!row.step())
        return std::nullopt;
    return WantedUpgrade{row.integer(0), row.text(1), row.text(2)};
}

void forget_upgrade(PostgresDatabase& database)
{
    database.exec("DELETE FROM upgrade WHERE version <= (SELECT max(version) FROM migration)");
}

} // namespace skurd

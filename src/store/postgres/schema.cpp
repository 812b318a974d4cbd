#include "store/postgres/schema.hpp"

#include "base/embedded_file.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/derived.hpp"
#include "store/engine/statement.hpp"
#include "store/postgres/postgres_database.hpp"

#include <charconv>
#include <optional>

namespace skurd {

const std::vector<EmbeddedFile>& postgres_migrations();

namespace {

/// "0020_store.sql" brings a store to version 20.
std::size_t version_of(const EmbeddedFile& migration)
{
    std::size_t version = 0;
    const auto& name = migration.name;
    std::from_chars(name.data(), name.data() + name.find('_'), version);
    return version;
}

} // namespace

std::size_t newest_postgres_version()
{
    return version_of(postgres_migrations().back());
}

void make_postgres_tables(PostgresDatabase& database)
{
    for (const auto& migration : postgres_migrations())
        database.exec(migration.bytes);
}

std::size_t postgres_schema_version(PostgresDatabase& database)
{
    constexpr auto is_there = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
                              " AND tablename IN ('migration', 'writer')";
    if (database.integer(is_there) < 2)
        return 0;
    const auto found = static_cast<std::size_t>(database.integer("SELECT coalesce(max(version), 0) FROM migration"));
    if (found > newest_postgres_version())
        throw error("{} has schema version {}, this program knows {}: use a newer skurd", database.location(), found,
                    newest_postgres_version());
    return found;
}

void migrate_postgres(PostgresDatabase& database, const Clock& clock)
{
    // A new store is made whole or not at all: a reader sees none, or one of today.
    std::optional<Database::Transaction> whole;
    if (postgres_schema_version(database) == 0)
        whole.emplace(database);
    for (const auto& migration : postgres_migrations()) {
        const auto before = postgres_schema_version(database);
        const auto version = version_of(migration);
        if (before >= version)
            continue;
        try {
            Database::Transaction transaction(database);
            database.exec(migration.bytes);
            if (migration.name == "0024_datasets.sql")
                make_dataset_views(database);
            Statement(database,
                      "INSERT INTO migration (version, name, from_version, program, at) VALUES ($1, $2, $3, $4, $5)")
                .run(version, migration.name, before, SKURD_VERSION, format_time(clock.now()));
            transaction.commit();
        } catch (const Error&) {
            std::throw_with_nested(error("{}: cannot be brought to schema version {} ({}), and is as it was",
                                         database.location(), version, migration.name));
        }
    }
    if (whole)
        whole->commit();
}

void require_postgres_version(PostgresDatabase& database)
{
    const auto found = postgres_schema_version(database);
    if (found == 0)
        throw error("no store at {} yet: run skurd harvest", database.location());
    if (found < newest_postgres_version())
        throw error("{} has schema version {}, this program knows {}: run skurd harvest to bring it up to date",
                    database.location(), found, newest_postgres_version());
}

} // namespace skurd

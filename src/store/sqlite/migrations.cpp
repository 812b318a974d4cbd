#include "store/sqlite/migrations.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/chain/log_chain.hpp"
#include "store/chain/older_chain.hpp"
#include "store/derived.hpp"
#include "store/engine/statement.hpp"
#include "store/sqlite/renumbering.hpp"
#include "store/store_version.hpp"

namespace skurd {

namespace {

/// Foreign keys are off while it lives: a table that others point to is dropped and made anew.
class ForeignKeysOff {
public:
    explicit ForeignKeysOff(SqliteDatabase& database) : database_(database)
    {
        database.exec("PRAGMA foreign_keys = OFF");
    }
    ~ForeignKeysOff()
    {
        try {
            database_.exec("PRAGMA foreign_keys = ON");
        } catch (const Error&) { // the disk failed, and with it the migration, which says so
        }
    }
    ForeignKeysOff(const ForeignKeysOff&) = delete;
    ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;

private:
    SqliteDatabase& database_;
};

/// While it lives, the views of the store may call what they do: to rename a table SQLite looks at each of them, and
/// takes json_group_object() for a function that nobody vouches for.
class SchemaTrusted {
public:
    explicit SchemaTrusted(SqliteDatabase& database) : database_(database)
    {
        database.exec("PRAGMA trusted_schema = ON");
    }
    ~SchemaTrusted()
    {
        try {
            database_.exec("PRAGMA trusted_schema = OFF");
        } catch (const Error&) { // the disk failed, and with it the migration, which says so
        }
    }
    SchemaTrusted(const SchemaTrusted&) = delete;
    SchemaTrusted& operator=(const SchemaTrusted&) = delete;

private:
    SqliteDatabase& database_;
};

void apply(SqliteDatabase& database, const EmbeddedFile& migration)
{
    const bool computes_ids = migration.name == "0007_claims.sql";
    if (computes_ids)
        prepare_computed_ids(database);
    database.exec(migration.bytes);
    if (computes_ids)
        seal_vintages(database);
    if (migration.name == "0016_chains.sql")
        link_older(database);
    if (migration.name.ends_with("_views.sql"))
        make_derived(database);
    if (migration.name == "0023_quicker_reading.sql")
        make_dataset_views(database);
}

/// Where the store has a table for it.
void enter(SqliteDatabase& database, std::size_t version, const Clock& clock)
{
    if (database.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'") == 0)
        return;
    Statement(database,
              "INSERT INTO migration (version, name, from_version, program, at) VALUES ($1, $2, $3, $4, $5)")
        .run(version, store_migrations()[version - 1].name, version - 1, SKURD_VERSION, format_time(clock.now()));
}

} // namespace

std::size_t schema_version(SqliteDatabase& database)
{
    const auto stored = database.integer("PRAGMA user_version");
    const auto known = store_migrations().size();
    if (stored < 0 || static_cast<std::size_t>(stored) > known)
        throw error("{} has schema version {}, this program knows {}: use a newer skurd", database.location(), stored,
                    known);
    return static_cast<std::size_t>(stored);
}

void migrate(SqliteDatabase& database, const Clock& clock, std::size_t to)
{
    for (auto next = schema_version(database); next < to; ++next) {
        const auto& migration = store_migrations()[next];
        try {
            const ForeignKeysOff while_tables_move(database);
            const SchemaTrusted while_views_are_looked_at(database);
            Database::Transaction transaction(database);
            apply(database, migration);
            database.exec(fmt::format("PRAGMA user_version = {}", next + 1));
            enter(database, next + 1, clock);
            transaction.commit();
        } catch (const Error&) {
            std::throw_with_nested(
                error("{}: cannot be brought to schema version {} ({}), and is as it was, of version {}",
                      database.location(), next + 1, migration.name, next));
        }
    }
}

std::size_t store_schema_version()
{
    return store_migrations().size();
}

void check_version(SqliteDatabase& database)
{
    const auto found = schema_version(database);
    if (found == 0)
        throw error("no store at {} yet: run skurd harvest", database.file().parent_path().string());
    if (found < store_migrations().size())
        throw error("{} has schema version {}, this program knows {}: run skurd harvest to bring it up to date",
                    database.location(), found, store_migrations().size());
}

} // namespace skurd

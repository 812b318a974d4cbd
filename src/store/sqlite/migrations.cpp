#include "store/sqlite/migrations.hpp"

#include "base/error.hpp"
#include "store/chain.hpp"
#include "store/sqlite/renumbering.hpp"

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
        seal_unsealed(database);
}

/// The number of migrations the store has been through.
std::size_t version(SqliteDatabase& database)
{
    const auto stored = database.integer("PRAGMA user_version");
    const auto known = store_migrations().size();
    if (stored < 0 || static_cast<std::size_t>(stored) > known)
        throw error("{} has schema version {}, this program knows {}: use a newer skurd", database.file().string(),
                    stored, known);
    return static_cast<std::size_t>(stored);
}

} // namespace

void migrate(SqliteDatabase& database, std::size_t to)
{
    for (auto next = version(database); next < to; ++next) {
        const auto& migration = store_migrations()[next];
        try {
            const ForeignKeysOff while_tables_move(database);
            const SchemaTrusted while_views_are_looked_at(database);
            Database::Transaction transaction(database);
            apply(database, migration);
            database.exec(fmt::format("PRAGMA user_version = {}", next + 1));
            transaction.commit();
        } catch (const Error&) {
            std::throw_with_nested(
                error("{}: cannot be brought to schema version {} ({}), and is as it was, of version {}",
                      database.file().string(), next + 1, migration.name, next));
        }
    }
}

void check_version(SqliteDatabase& database)
{
    const auto found = version(database);
    if (found == 0)
        throw error("no store at {} yet: run skurd harvest", database.file().parent_path().string());
    if (found < store_migrations().size())
        throw error("{} has schema version {}, this program knows {}: run skurd harvest to bring it up to date",
                    database.file().string(), found, store_migrations().size());
}

} // namespace skurd

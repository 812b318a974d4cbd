#include "store/sqlite/open_store.hpp"

#include "store/durable_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/store_files.hpp"

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// Makes an empty store under another name and renames it: who reads sees no store or a whole one, never one whose
/// making was cut off, with a journal that only a writer may roll back. For the holder of the lock.
void create(const fs::path& file, const Clock& clock)
{
    const fs::path made = file.string() + ".new";
    fs::remove(made);
    remove_side_files(made);
    {
        SqliteDatabase database(made, SqliteDatabase::Access::write);
        migrate(database, clock);
        database.exec("PRAGMA journal_mode = WAL");
    }
    remove_side_files(made);
    remove_side_files(file); // what a store that somebody took away left must not be taken for that of the new one
    rename_durably(made, file);
}

/// FULL, not NORMAL: with NORMAL a power cut may take back the last vintages although harvest said they are ingested;
/// one sync for each vintage is nothing beside fetching it. The cache of 10 MB keeps the pages that a large release
/// comes back to; more takes memory and gains nothing (tests/bench: first, memory). What is replaced is overwritten,
/// as Debian's SQLite does anyhow: the name of somebody who was forgotten must not lie in free room of the file.
constexpr auto writer_settings = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 1048576;
    PRAGMA cache_size = -10000;
    PRAGMA recursive_triggers = ON;
    PRAGMA secure_delete = ON;
)";

/// The first version with the tables that a backup needs, by their names of today.
constexpr std::size_t copied_min = 6;

/// It lacks payloads and runs, so nobody could go on from it.
void require_no_snapshot(SqliteDatabase& database)
{
    if (database.is_snapshot())
        throw usage_error("{}: is a published snapshot, made to be read: put back a backup (skurd restore), or read "
                          "it with --state FILE.db",
                          database.location());
}

std::unique_ptr<SqliteDatabase> open_readable(const fs::path& file, const fs::path& shown)
{
    if (!fs::exists(file))
        throw error("no store at {} yet: run skurd harvest", file.parent_path().string());
    require_not_empty(file);
    return std::make_unique<SqliteDatabase>(file, SqliteDatabase::Access::read, shown);
}

} // namespace

std::unique_ptr<Database> open_for_writing(const fs::path& file, const Clock& clock, const fs::path& shown)
{
    if (!fs::exists(file))
        create(file, clock);
    auto database = std::make_unique<SqliteDatabase>(file, SqliteDatabase::Access::write, shown);
    require_no_snapshot(*database);
    database->exec(writer_settings);
    migrate(*database, clock);
    return database;
}

std::unique_ptr<Database> open_to_fill(const fs::path& file, const Clock& clock)
{
    create(file, clock);
    auto database = std::make_unique<SqliteDatabase>(file, SqliteDatabase::Access::write);
    database->exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -10000");
    return database;
}

std::unique_ptr<Database> open_for_reading(const fs::path& file, const fs::path& shown)
{
    auto database = open_readable(file, shown);
    check_version(*database);
    return database;
}

std::unique_ptr<Database> open_for_copying(const fs::path& file)
{
    auto database = open_readable(file, {});
    if (const auto found = schema_version(*database); found < copied_min)
        throw error("{} has schema version {}, too old to be copied whole by this program: stop skurd and copy the "
                    "state folder, or use the skurd that wrote it",
                    file.string(), found);
    return database;
}

bool is_older(const fs::path& file)
{
    return schema_version(*open_readable(file, {})) < store_migrations().size();
}

} // namespace skurd

#include "store/sqlite/open_store.hpp"

#include "store/durable_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/store_files.hpp"

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// Makes an empty store under another name and renames it: who reads sees no store or a whole one, never one whose
/// making was cut off, with a journal that only a writer may roll back. For the holder of the lock.
void create(const fs::path& file)
{
    const fs::path made = file.string() + ".new";
    fs::remove(made);
    remove_side_files(made);
    {
        SqliteDatabase database(made, SqliteDatabase::Access::write);
        migrate(database);
        database.exec("PRAGMA journal_mode = WAL");
    }
    remove_side_files(made);
    remove_side_files(file); // what a store that somebody took away left must not be taken for that of the new one
    rename_durably(made, file);
}

/// FULL, not NORMAL: with NORMAL a power cut may take back the last vintages although harvest said they are ingested;
/// one sync for each vintage is nothing beside fetching it. The cache of 10 MB keeps the pages that a large release
/// comes back to; more takes memory and gains nothing (tests/bench: first, memory).
constexpr auto writer_settings = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 1048576;
    PRAGMA cache_size = -10000;
    PRAGMA recursive_triggers = ON;
)";

} // namespace

std::unique_ptr<Database> open_for_writing(const fs::path& file)
{
    if (!fs::exists(file))
        create(file);
    auto database = std::make_unique<SqliteDatabase>(file, SqliteDatabase::Access::write);
    database->exec(writer_settings);
    migrate(*database);
    return database;
}

std::unique_ptr<Database> open_for_reading(const fs::path& file)
{
    if (!fs::exists(file))
        throw error("no store at {} yet: run skurd harvest", file.parent_path().string());
    require_not_empty(file);
    auto database = std::make_unique<SqliteDatabase>(file, SqliteDatabase::Access::read);
    check_version(*database);
    return database;
}

} // namespace skurd

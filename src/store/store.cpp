#include "store/store.hpp"

#include "store/impl.hpp"
#include "store/migrations.hpp"

#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto database_name = "skurd.db";

std::optional<FolderLock> lock_for(const fs::path& folder, Store::Access access)
{
    if (access == Store::Access::read)
        return std::nullopt;
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw error("{}: the state folder cannot be made: {}", folder.string(), failure.message());
    return std::optional<FolderLock>(std::in_place, folder);
}

/// The database of a state folder, which a reader finds there.
fs::path database_in(const fs::path& folder, Store::Access access)
{
    if (access == Store::Access::read && !fs::exists(folder / database_name))
        throw error("no store at {} yet: run skurd harvest", folder.string());
    return folder / database_name;
}

/// FULL, not NORMAL: with NORMAL a power cut may take back the last vintages although harvest said they are taken
/// in; one sync for each vintage is nothing beside fetching it.
/// The cache of 10 MB keeps the pages that a large release comes back to; more takes memory and gains nothing
/// (tests/bench: first, memory).
constexpr auto writer_settings = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 1048576;
    PRAGMA cache_size = -10000;
    PRAGMA recursive_triggers = ON;
)";

/// Who holds the lock is the only one who could be at a run: what still counts as running was cut off. When, nobody
/// knows, so finished_at stays empty.
void close_interrupted_runs(Database& database)
{
    database.exec("UPDATE run SET outcome = 'failed', message = 'interrupted: the program ended before the run did'"
                  " WHERE outcome = 'running'");
}

} // namespace

Store::Impl::Impl(const fs::path& file, Access access, const Clock& clock_)
    : folder(file.parent_path()), clock(clock_), lock(lock_for(folder, access)),
      db(file, access == Access::write ? Database::Access::write : Database::Access::read)
{
    if (access == Access::read) {
        check_version(db);
        return;
    }
    db.exec(writer_settings);
    migrate(db);
    close_interrupted_runs(db);
}

Store::Store(const fs::path& state_folder, Access access, const Clock& clock)
    : impl_(std::make_unique<Impl>(database_in(state_folder, access), access, clock))
{
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Store Store::open_backup(const fs::path& file, const Clock& clock)
{
    if (!fs::is_regular_file(file))
        throw usage_error("{}: there is no such file", file.string());
    return Store(std::make_unique<Impl>(file, Access::read, clock));
}

Store::~Store() = default;

Store::Transaction::Transaction(Store& store) : store_(store)
{
    store_.impl_->db.begin(Database::Purpose::write);
}

Store::Transaction::~Transaction()
{
    if (open_)
        store_.impl_->db.roll_back();
}

void Store::Transaction::commit()
{
    store_.impl_->db.commit();
    open_ = false;
}

Time time_from(std::string_view text)
{
    if (const auto time = parse_time(text))
        return *time;
    throw error("the store holds '{}' where an instant belongs: put back a backup", text);
}

std::optional<Time> optional_time(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(time_from(row.view(column)));
}

} // namespace skurd

#include "store/store_session.hpp"

#include "store/columns.hpp"
#include "store/durable_file.hpp"
#include "store/migrations.hpp"
#include "store/run_store.hpp"

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// Makes an empty store under another name and renames it: who reads sees no store or a whole one, never one whose
/// making was cut off, with a journal that only a writer may roll back. For the holder of the lock.
void create(const fs::path& file)
{
    const fs::path made = file.string() + ".new";
    const auto remove_beside = [](const fs::path& database) {
        for (const char* suffix : {"-journal", "-wal", "-shm"})
            fs::remove(database.string() + suffix);
    };
    fs::remove(made);
    remove_beside(made);
    {
        Database database(made, Database::Access::write);
        migrate(database);
        database.exec("PRAGMA journal_mode = WAL");
    }
    remove_beside(made);
    remove_beside(file); // what a store that somebody took away left must not be taken for that of the new one
    rename_durably(made, file);
}

std::optional<FolderLock> lock_for(const fs::path& folder, StoreSession::Access access)
{
    if (access == StoreSession::Access::read)
        return std::nullopt;
    make_folder(folder);
    return std::optional<FolderLock>(std::in_place, folder);
}

/// The database file, which a writer makes where it is missing.
const fs::path& ready_file(const fs::path& file, StoreSession::Access access)
{
    if (fs::exists(file))
        return file;
    if (access == StoreSession::Access::read)
        throw error("no store at {} yet: run skurd harvest", file.parent_path().string());
    create(file);
    return file;
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

} // namespace

StoreSession::StoreSession(const fs::path& file, Access access, const Clock& clock, File)
    : folder_(file.parent_path()), clock_(clock), lock_(lock_for(folder_, access)),
      database_(ready_file(file, access), access == Access::write ? Database::Access::write : Database::Access::read)
{
    if (access == Access::read) {
        check_version(database_);
        return;
    }
    database_.exec(writer_settings);
    migrate(database_);
}

StoreSession::StoreSession(const fs::path& state_folder, Access access, const Clock& clock)
    : StoreSession(state_folder / "skurd.db", access, clock, File::in_state_folder)
{
    if (access == Access::write)
        RunStore(*this).close_interrupted("the program ended before the run did");
}

StoreSession StoreSession::open_backup(const fs::path& file, const Clock& clock)
{
    if (!fs::is_regular_file(file))
        throw usage_error("{}: there is no such file", file.string());
    return {file, Access::read, clock, File::of_any_name};
}

StoreSession::Transaction::Transaction(const StoreSession& session)
    : session_(session), recorded_before_(session.commits_.size()), transaction_(session.database_)
{
    session_.commits_.begin();
}

StoreSession::Transaction::~Transaction()
{
    if (open_)
        session_.commits_.take_back(recorded_before_);
}

std::int64_t StoreSession::Transaction::record(CommitKind kind, std::int64_t dataset)
{
    session_.commits_.record(kind, dataset);
    return ingest_id();
}

std::int64_t StoreSession::Transaction::ingest_id() const
{
    return session_.commits_.ingest_id(session_.database_);
}

void StoreSession::Transaction::commit()
{
    session_.commits_.write(session_.database_, session_.now());
    transaction_.commit();
    session_.commits_.leave();
    open_ = false;
}

std::string StoreSession::now() const
{
    return format_time(clock_.now());
}

Time time_from(std::string_view text)
{
    if (const auto time = parse_time(text))
        return *time;
    throw error("the store holds '{}' where an instant belongs: put back a backup", text);
}

std::optional<std::string> optional_text(const std::optional<Time>& time)
{
    return time ? std::optional(format_time(*time)) : std::nullopt;
}

std::optional<Time> optional_time(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(time_from(row.view(column)));
}

} // namespace skurd

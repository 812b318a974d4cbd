#include "lib/sqlite/connection.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/one_line.hpp"
#include "base/text.hpp"
#include "lib/sqlite/side_files.hpp"
#include "lib/sqlite/statement.hpp"

#include <cassert>
#include <cerrno>
#include <chrono>
#include <sqlite3.h>
#include <unistd.h>
#include <utility>

namespace skurd {

namespace {

constexpr auto busy_timeout = std::chrono::milliseconds(5000);
/// For readers that still read from the log; what they hold back, the next writer empties.
constexpr auto closing_timeout = std::chrono::milliseconds(500);

constexpr std::size_t shown_max = 80; // characters of a statement: enough for the table it is about

/// The errno value behind an error of the disk; 0 for other errors. A full disk is SQLITE_FULL when it was met by a
/// write, and an I/O error when by something else.
int disk_error(int code, sqlite3* handle)
{
    const int met = handle ? sqlite3_system_errno(handle) : 0;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return met == EDQUOT ? EDQUOT : ENOSPC;
    case SQLITE_IOERR:
        return met == ENOSPC || met == EDQUOT ? met : EIO;
    case SQLITE_CANTOPEN:
        return met == ENOSPC || met == EDQUOT || met == EIO ? met : 0;
    default:
        return 0;
    }
}

/// What a person can do about other errors.
std::string hint(int code, const std::filesystem::path& file)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ": another program writes to the file; end it or run again later";
    case SQLITE_CANTOPEN:
        return fmt::format(": check that the file is there, its folder can be written to (WAL needs it for reading "
                           "too), and {} has room",
                           describe_file_system(file));
    case SQLITE_READONLY:
        return ": it was opened for reading, or cannot be written to; check who owns the file and its folder";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ": the file is damaged or no database; put back a backup";
    case SQLITE_CONSTRAINT:
        return ": the tables do not allow it and nothing was changed; report it as a defect of skurd";
    default:
        return ": check that the file is a store of this skurd, else put back a backup; report it if it is";
    }
}

/// Sees one moment, from now on.
class ReadTransaction {
public:
    explicit ReadTransaction(SqliteConnection& connection) : connection_(connection)
    {
        connection_.begin(SqliteConnection::Purpose::read);
        SqliteStatement(connection_, "SELECT count(*) FROM sqlite_schema").step();
    }
    ~ReadTransaction() { connection_.roll_back(); }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

private:
    SqliteConnection& connection_;
};

/// The file's name for SQLite, and a flag. Root follows no link there: the folder may be another user's.
std::pair<std::string, int> opened_as(const std::filesystem::path& file)
{
    if (::geteuid() != 0 || file == ":memory:")
        return {file.string(), 0};
    std::error_code failure;
    const auto folder = std::filesystem::canonical(std::filesystem::absolute(file, failure).parent_path(), failure);
    if (failure)
        return {file.string(), 0};
    return {(folder / file.filename()).string(), SQLITE_OPEN_NOFOLLOW};
}

/// SQLite counts what it allocates under one lock for all threads, as long as nobody tells it not to: a thread that
/// answers a reader, and has least priority, would keep a harvest waiting there. Before the first connection.
void count_no_memory()
{
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)once;
}

/// Whoever can write the file can put anything into it: its views and triggers call nothing that does more than
/// compute, no statement writes to the schema itself, pages are checked as they are read, and no value of it is
/// larger than any that skurd stores.
void distrust(sqlite3* handle)
{
    constexpr int value_size_max = 1 << 29;
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, value_size_max);
    sqlite3_exec(handle, "PRAGMA cell_size_check = ON", nullptr, nullptr, nullptr);
}

} // namespace

/// The writer empties the log before it goes: what SQLite does of itself at the last close locks the whole file, and
/// readers that come meanwhile are told "database is locked"; a long log has to be read by the next that opens the
/// file, who locks it too.
void SqliteConnection::Close::operator()(sqlite3* handle) const
{
    if (handle && sqlite3_db_readonly(handle, "main") == 0) {
        sqlite3_busy_timeout(handle, static_cast<int>(closing_timeout.count()));
        sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }
    sqlite3_close_v2(handle);
}

SqliteConnection::SqliteConnection(std::filesystem::path file, Access access, const std::filesystem::path& shown)
    : file_(std::move(file)), shown_(shown.empty() ? file_ : shown), access_(access)
{
    const int flags = access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const auto [name, following] = opened_as(file_);
    count_no_memory();
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &opened,
                                     flags | following | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK)
        fail("cannot open");
    distrust(opened);
    sqlite3_busy_timeout(opened, static_cast<int>(busy_timeout.count()));
    // Readers that may not write to the folder need the -wal and -shm files: the last writer leaves them there.
    int keep = 1;
    sqlite3_file_control(opened, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    exec("PRAGMA foreign_keys = ON");
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes the database.
void SqliteConnection::exec(const std::string& sql)
{
    idle_statements_.clear(); // it may change the schema
    run(sql);
}

void SqliteConnection::run(const std::string& sql)
{
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(sql);
}

bool SqliteConnection::in_transaction() const
{
    return sqlite3_get_autocommit(handle()) == 0;
}

void SqliteConnection::require_in_place() const
{
    int has_moved = 0;
    sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
    if (has_moved != 0)
        throw StoreError(
            fmt::format("{}: was removed or replaced while it was open, and nothing more is written to it: "
                        "stop skurd, put the file or a backup back, then start it",
                        shown_.string()));
}

void SqliteConnection::begin(Purpose purpose)
{
    if (open_.empty() && purpose == Purpose::write)
        require_in_place();
    open_.reserve(open_.size() + 1);
    run(!open_.empty() ? "SAVEPOINT inner" : purpose == Purpose::write ? "BEGIN IMMEDIATE" : "BEGIN");
    open_.push_back(purpose);
}

void SqliteConnection::commit()
{
    assert(!open_.empty());
    run(open_.size() > 1 ? "RELEASE inner" : "COMMIT");
    open_.pop_back();
}

void SqliteConnection::roll_back() noexcept
{
    assert(!open_.empty());
    // Who only read has nothing to take back: going back to a savepoint in a transaction that changed the schema has
    // SQLite read the schema anew, which takes as long as hundreds of statements.
    const auto* inner = open_.back() == Purpose::read ? "RELEASE inner" : "ROLLBACK TO inner; RELEASE inner";
    // SQLite itself has rolled back after a full disk: then there is nothing left to take back.
    if (in_transaction())
        sqlite3_exec(handle(), open_.size() > 1 ? inner : "ROLLBACK", nullptr, nullptr, nullptr);
    open_.pop_back();
    idle_statements_.clear(); // a change of the schema may have been taken back
}

void SqliteConnection::give_back_memory() noexcept
{
    idle_statements_.clear();
    sqlite3_db_release_memory(handle());
}

void SqliteConnection::copy_to(const std::filesystem::path& file, const std::function<void(int)>& progress)
{
    constexpr int pages_at_once = 2000;
    // In one read transaction the copy is of one moment and never begins anew, whoever writes.
    const ReadTransaction one_view(*this);
    SqliteConnection copy(file, Access::write);
    const std::unique_ptr<sqlite3_backup, int (*)(sqlite3_backup*)> backup(
        sqlite3_backup_init(copy.handle(), "main", handle(), "main"), sqlite3_backup_finish);
    if (!backup)
        copy.fail("cannot begin the copy");
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup.get(), pages_at_once);
        const int pages = sqlite3_backup_pagecount(backup.get());
        if (progress && pages > 0)
            progress(100 - 100 * sqlite3_backup_remaining(backup.get()) / pages);
    }
    if (code != SQLITE_DONE)
        throw error("{}: the copy of {} failed: {}{}", file.string(), shown_.string(), sqlite3_errstr(code),
                    hint(code, file));
}

void SqliteConnection::fail(const std::string& what) const
{
    const int code = handle() ? sqlite3_extended_errcode(handle()) : SQLITE_NOMEM;
    const char* message = handle() ? sqlite3_errmsg(handle()) : "out of memory";
    const bool busy = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;
    auto advice = disk_hint(disk_error(code, handle()), file_);
    if (advice.empty() && ((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY))
        advice = side_files_hint(file_, access_ == Access::write);
    if (advice.empty())
        advice = hint(code, file_);
    throw StoreError(
        fmt::format("{}: {}: {}{}", shown_.string(), excerpt(in_one_line(what), shown_max), message, advice),
        busy ? ExitCode::busy : ExitCode::failed);
}

} // namespace skurd

#pragma once

#include "lib/sqlite/idle_statements.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace skurd {

/// An open SQLite file. Not thread-safe; statements and transactions of it must not outlive it. All functions throw
/// StoreError with the file's name, the beginning of the statement, what SQLite says, and what to do (about a full
/// disk, damage, another writer ...); its code is ExitCode::busy when another process writes.
class SqliteConnection {
public:
    enum class Access { read, write };

    /// Opens; Access::write creates the file. Foreign keys are on; waits at most five seconds for another process.
    /// `shown` is what messages call the file: what it is a copy of; "" = its own name.
    SqliteConnection(std::filesystem::path file, Access access, const std::filesystem::path& shown = {});

    void exec(const std::string& sql); ///< one or more statements without parameters
    bool in_transaction() const;
    /// For who is about to write: throws StoreError where the file was removed or replaced since it was opened. What
    /// is written would be in no file that anybody finds.
    void require_in_place() const;

    /// What a transaction is begun for: a writer takes the write lock at once, a reader fixes what it sees.
    enum class Purpose { read, write };
    /// A transaction; inside one, a savepoint.
    void begin(Purpose purpose);
    void commit();
    void roll_back() noexcept;

    void give_back_memory() noexcept; ///< of cached pages that no statement is at, and of idle statements

    /// Copies the database, as it stands now, to a file that must not be there yet; others may write meanwhile. Tells
    /// how many percent are done. Throws Error with either file's name.
    void copy_to(const std::filesystem::path& file, const std::function<void(int)>& progress);

    IdleStatements& idle_statements() { return idle_statements_; }
    sqlite3* handle() const { return handle_.get(); }
    const std::filesystem::path& file() const { return file_; }
    const std::filesystem::path& shown() const { return shown_; } ///< in messages
    [[noreturn]] void fail(const std::string& what) const;        ///< throws the StoreError for SQLite's last code

private:
    void run(const std::string& sql); ///< what leaves the schema as it is

    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::filesystem::path file_;
    std::filesystem::path shown_;
    Access access_;
    std::unique_ptr<sqlite3, Close> handle_;
    IdleStatements idle_statements_; ///< of the handle, so they go first
    std::vector<Purpose> open_;      ///< transactions: the outermost, and the savepoints in it
};

} // namespace skurd

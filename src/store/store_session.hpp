#pragma once

#include "base/clock.hpp"
#include "model/store_place.hpp"
#include "store/commit_log.hpp"
#include "store/engine/database.hpp"
#include "store/engine/fleet.hpp"
#include "store/lock.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// An open store: one SQLite file `skurd.db` and a folder `payloads/` in the state folder, or a database of
/// PostgreSQL with all of that in it; the tables are described in schema/README.md. What it holds is read and written
/// through one class per domain (PayloadStore, VintageStore, RunStore, FlagStore ...), each made over a session that
/// outlives it and kept as long as is convenient.
///
/// Writing needs the state folder's lock (a second writer is refused with ExitCode::busy); a database of PostgreSQL
/// has a writer for each of several folders (engine/fleet.hpp). Reading needs nothing and sees whole vintages only; a
/// session opened for reading refuses writes. Not thread-safe: one session per thread. All functions of all these
/// classes throw Error when the engine or the file system fails, saying which file and why; nothing half done is left
/// in the store.
class StoreSession {
public:
    enum class Access { read, write };

    /// Opens; with Access::write creates and migrates, and runs that a dead program left running become failed.
    /// For reading, a file may be named for the folder: a backup, or a published snapshot.
    /// Throws Error (failed) for a store from a newer program and for a missing store when reading; (busy) when
    /// another process holds the store.
    StoreSession(const StorePlace& place, Access access, const Clock& clock);
    /// Whether there is a store. Throws StoreError for a server that does not tell.
    static bool is_there(const StorePlace& place);
    /// Opens a backup, a file by any name, for reading. `shown` is what messages call it: what it is a copy of; "" =
    /// its own name.
    static StoreSession open_backup(const std::filesystem::path& file, const Clock& clock,
                                    const std::filesystem::path& shown = {});
    /// Opens a state folder's store that may be of an older version, for StoreMaintenance::back_up() alone.
    static StoreSession open_to_copy(const std::filesystem::path& state_folder, const Clock& clock);
    ~StoreSession() = default;
    StoreSession(const StoreSession&) = delete;
    StoreSession& operator=(const StoreSession&) = delete;

    /// Of a session for writing: lets others know that its process is the daemon, and which configuration it runs
    /// with from now on (run/configuration_hash.hpp).
    void tell_daemon(const std::string& configuration);

    bool is_lost() const { return database_->is_lost(); } ///< whether it broke, and a new one must be opened
    /// By how much it may lag behind the server that its own is a replica of; nothing where that is none.
    std::optional<std::chrono::seconds> behind() const { return database_->behind(); }
    /// Of a session for writing, where other processes may write the store too; nothing where none can.
    Fleet* fleet() const { return database_->fleet(); }
    /// Those that write it, where several may; by token.
    std::vector<StoreWriter> writers() const { return database_->writers(); }
    /// What was put in force for them, the newest first; and the texts of the one whose hash begins so: none where
    /// none or more than one does.
    std::vector<ConfigurationVersion> configuration_versions() const { return database_->configuration_versions(); }
    std::vector<ConfigurationText> configuration_texts(const std::string& hash) const
    {
        return database_->configuration_texts(hash);
    }
    void give_back_memory() const noexcept { database_->give_back_memory(); } ///< what is cached; it is read again

    /// From now on nothing that is read has names of people or numbers of their users: for who reads over a network.
    void leave_out_names() { has_names_ = false; }

    /// Groups the calls until commit into one transaction; without commit() the destructor takes all of them back.
    class Transaction;
    /// As long as it lives, all that is read is of one instant.
    class View;

    // For src/store alone.
    Database& database() const { return *database_; }
    std::string now() const; ///< the instant as the store writes it
    const Clock& clock() const { return clock_; }
    bool has_names() const { return has_names_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    StoreSession(std::filesystem::path folder, const Clock& clock, std::optional<FolderLock> lock,
                 std::unique_ptr<Database> database);

    std::filesystem::path folder_;
    bool has_names_ = true;
    const Clock& clock_;
    std::optional<FolderLock> lock_; ///< of a writer
    mutable CommitLog commits_;      ///< of the open transaction
    std::unique_ptr<Database> database_;
};

class StoreSession::View {
public:
    explicit View(const StoreSession& session) : transaction_(*session.database_, Database::Purpose::read) {}

private:
    Database::Transaction transaction_;
};

class StoreSession::Transaction {
public:
    explicit Transaction(const StoreSession& session);
    /// For an ingest into a dataset: beside others, where several processes write the store.
    Transaction(const StoreSession& session, const std::string& ingested_dataset);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Says that the transaction writes rows of this kind, which readers see when it is committed; 0 = they are of no
    /// dataset, or of several. Gives the ingest_id that the rows carry. The outermost commit then enters it all in
    /// the table commit_log, under the next number.
    std::int64_t record(CommitKind kind, std::int64_t dataset = 0);
    /// That id, drawn before it is known whether there will be such rows.
    std::int64_t ingest_id() const;
    void commit();

private:
    const StoreSession& session_;
    std::size_t recorded_before_;
    Database::Transaction transaction_;
    bool open_ = true;
};

} // namespace skurd

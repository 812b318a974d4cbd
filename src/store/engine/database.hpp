#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "model/configuration_version.hpp"
#include "model/store_writer.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

class DatasetViews;
class Fleet;
class Parameters;
class PreparedStatement;
class StoreTables;

/// What a bulk insert hands its rows to.
class RowSink {
public:
    virtual ~RowSink() = default;
    virtual std::size_t batch() const = 0; ///< how many rows are best given at once
    /// Takes the parameters of `rows` rows, which is 1 or batch(); end() inserts them.
    virtual Parameters& begin(std::size_t rows) = 0;
    virtual void end() = 0;
    virtual void flush() {} ///< for an engine that collects rows: they are in the table once it has returned
};

/// A connection to the engine that holds the store. Not thread-safe; statements and transactions of it must not
/// outlive it. All functions throw StoreError with where the store is, the beginning of the statement, what the
/// engine says, and what to do (about a full disk, damage, another writer ...); its code is ExitCode::busy when
/// another writes.
class Database {
public:
    virtual ~Database() = default;
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    virtual std::unique_ptr<PreparedStatement> prepare(std::string_view sql) = 0;
    virtual std::unique_ptr<RowSink> bulk_insert(const std::string& head, int columns, const std::string& tail) = 0;
    std::int64_t integer(std::string_view sql); ///< the first column of the first row; 0 without rows

    /// What a transaction is begun for: a writer takes the write lock at once, a reader fixes what it sees.
    enum class Purpose { read, write };
    /// A transaction; inside one, a savepoint. Use Transaction instead where scopes fit.
    virtual void begin(Purpose purpose) = 0;
    /// The same for an ingest into a dataset: where the engine lets several processes write, others may write
    /// meanwhile, but not ingest into that dataset.
    virtual void begin_ingest(const std::string& /*dataset*/) { begin(Purpose::write); }
    /// Comes before the statements that number the open transaction's commit: nobody else commits until it has.
    virtual void lock_commits() {}
    virtual void commit() = 0;
    virtual void roll_back() noexcept = 0;
    class Transaction;

    enum class Ids { ingest, release, series };
    /// Ids for new rows that no other row has or gets, ascending. Inside a transaction that writes.
    virtual std::vector<std::int64_t> draw_ids(Ids of, std::size_t count) = 0;
    /// Where several processes may write the store: this one among them, as long as it is open for writing.
    virtual Fleet* fleet() const { return nullptr; }
    /// Those, by token.
    virtual std::vector<StoreWriter> writers() { return {}; }
    /// What was put in force for them, the newest first; and the texts of the one whose hash begins so.
    virtual std::vector<ConfigurationVersion> configuration_versions() { return {}; }
    virtual std::vector<ConfigurationText> configuration_texts(const std::string& /*hash*/) { return {}; }
    /// Whether others may ingest, into other datasets, beside an ingest that begins now.
    virtual bool ingests_beside_others() const { return false; }

    /// Frees what is cached of the store, as far as no statement is at it.
    virtual void give_back_memory() noexcept = 0;

    virtual DatasetViews& views() = 0;
    virtual std::unique_ptr<StoreTables> tables() = 0; ///< must not outlive the connection
    /// Whether each statement is a round trip to a server, so that what is read of many is better read at once.
    virtual bool is_remote() const = 0;
    /// Whether every row below a dataset has its id in a column dataset_id, also where another column leads to it.
    virtual bool rows_name_dataset() const = 0;
    /// Whether payloads are in the database, as rows of payload_file, and not in files beside it.
    virtual bool holds_payloads() const = 0;
    /// Whether nothing can be done on it any more: the connection to its server broke, as far as is known.
    virtual bool is_lost() const { return false; }
    /// By how much it may lag behind the server that it is a replica of; nothing where it is none.
    virtual std::optional<std::chrono::seconds> behind() { return std::nullopt; }
    virtual std::string location() const = 0; ///< for messages: the file, or the server and its database
    /// Another connection, for reading what has been committed since this one's transaction began.
    virtual std::unique_ptr<Database> beside() const = 0;
    /// What the engine itself finds damaged, and references that lead nowhere.
    virtual std::vector<std::string> damage() = 0;
    /// How its tables, indexes, triggers and views differ from those that this program makes; one sentence each.
    virtual std::vector<std::string> schema_differences() = 0;
    virtual std::uintmax_t size() = 0; ///< how many bytes the store takes where it lies, without payloads
    /// Copies the store, as it stands now, without payloads to a file of SQLite that must not be there yet; others
    /// may write meanwhile. Tells how many percent are done. `clock`: for when the file's tables were made, where it
    /// is not a copy of theirs.
    virtual void copy_to(const std::filesystem::path& file, const Clock& clock,
                         const std::function<void(int)>& progress) = 0;
};

/// One transaction, or a savepoint in the one that is open. Without commit() the destructor takes everything back.
class Database::Transaction {
public:
    explicit Transaction(Database& database, Purpose purpose = Purpose::write) : database_(database)
    {
        database_.begin(purpose);
    }
    Transaction(Database& database, const std::string& ingested_dataset) : database_(database)
    {
        database_.begin_ingest(ingested_dataset);
    }
    ~Transaction()
    {
        if (open_)
            database_.roll_back();
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit()
    {
        database_.commit();
        open_ = false;
    }

private:
    Database& database_;
    bool open_ = true;
};

} // namespace skurd

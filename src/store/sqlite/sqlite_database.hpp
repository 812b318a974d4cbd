#pragma once

#include "lib/sqlite/connection.hpp"
#include "store/engine/database.hpp"
#include "store/sqlite/sqlite_views.hpp"

namespace skurd {

/// A store in one SQLite file.
class SqliteDatabase final : public Database {
public:
    using Access = SqliteConnection::Access;

    /// Opens; Access::write creates the file. Foreign keys are on; waits at most five seconds for another process.
    /// `shown` is what messages call the file: what it is a copy of; "" = its own name.
    SqliteDatabase(std::filesystem::path file, Access access, const std::filesystem::path& shown = {})
        : connection_(std::move(file), access, shown)
    {
    }

    std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
    std::unique_ptr<RowSink> bulk_insert(const std::string& head, int columns, const std::string& tail) override;
    void begin(Purpose purpose) override;
    void commit() override { connection_.commit(); }
    void roll_back() noexcept override { connection_.roll_back(); }
    std::vector<std::int64_t> draw_ids(Ids of, std::size_t count) override;
    void give_back_memory() noexcept override { connection_.give_back_memory(); }
    DatasetViews& views() override { return views_; }
    std::unique_ptr<StoreTables> tables() override;
    bool is_remote() const override { return false; }
    bool rows_name_dataset() const override { return false; }
    bool holds_payloads() const override { return false; }
    std::string location() const override { return connection_.shown().string(); }
    std::unique_ptr<Database> beside() const override;
    std::vector<std::string> damage() override;
    std::vector<std::string> schema_differences() override;
    std::uintmax_t size() override; ///< with its log
    void copy_to(const std::filesystem::path& file, const Clock& /*clock*/,
                 const std::function<void(int)>& progress) override
    {
        connection_.copy_to(file, progress);
    }

    void exec(const std::string& sql) { connection_.exec(sql); } ///< one or more statements of any kind
    const std::filesystem::path& file() const { return connection_.file(); }
    bool is_snapshot(); ///< a published one (store/snapshot.hpp)

private:
    SqliteConnection connection_;
    SqliteViews views_{*this};
};

/// Removes the files that SQLite may have left beside a database that nobody has open: its logs and their index.
/// Throws std::filesystem::filesystem_error.
void remove_side_files(const std::filesystem::path& database);

/// The same with the database itself, as far as they can be removed.
void remove_database(const std::filesystem::path& database) noexcept;

} // namespace skurd

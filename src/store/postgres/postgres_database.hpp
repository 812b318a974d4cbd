#pragma once

#include "lib/postgres/connection.hpp"
#include "store/engine/database.hpp"
#include "store/engine/fleet.hpp"
#include "store/postgres/postgres_views.hpp"

#include <memory>

namespace skurd {

/// A store in a database of PostgreSQL, in the first schema of the connection's search path. All rows of a statement
/// are in memory as soon as the first is read.
class PostgresDatabase final : public Database {
public:
    enum class Access { read, write };

    /// Connects. Throws StoreError for a server older than 15, and for a database that is not UTF-8 or does not sort
    /// by bytes.
    PostgresDatabase(const PostgresTarget& target, Access access);

    std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
    std::unique_ptr<RowSink> bulk_insert(const std::string& head, int columns, const std::string& tail) override;
    void begin(Purpose purpose) override;
    void begin_ingest(const std::string& dataset) override;
    void lock_commits() override;
    void commit() override;
    void roll_back() noexcept override { connection_.roll_back(); }
    std::vector<std::int64_t> draw_ids(Ids of, std::size_t count) override;
    bool ingests_beside_others() const override { return fleet_ && !connection_.in_transaction(); }
    void give_back_memory() noexcept override {}
    DatasetViews& views() override { return views_; }
    std::unique_ptr<StoreTables> tables() override;
    bool is_remote() const override { return true; }
    bool rows_name_dataset() const override { return true; }
    bool holds_payloads() const override { return true; }
    bool is_lost() const override { return !connection_.is_alive() || (fleet_ && fleet_->is_out()); }
    std::optional<std::chrono::seconds> behind() override;
    Fleet* fleet() const override { return fleet_.get(); }
    std::vector<StoreWriter> writers() override;
    std::vector<ConfigurationVersion> configuration_versions() override;
    std::vector<ConfigurationText> configuration_texts(const std::string& hash) override;
    std::string location() const override { return connection_.location(); }
    std::unique_ptr<Database> beside() const override;
    std::vector<std::string> damage() override;
    std::vector<std::string> schema_differences() override;
    std::uintmax_t size() override;
    void copy_to(const std::filesystem::path& file, const Clock& clock,
                 const std::function<void(int)>& progress) override;

    void exec(const std::string& sql) { connection_.exec(sql); } ///< one or more statements of any kind
    /// From now on each transaction that writes does so as this writer, and is refused once that has been taken out.
    void write_as(std::unique_ptr<Fleet> fleet);
    std::size_t round_trips() const { return connection_.round_trips(); } ///< how often the server was waited for
    const PostgresTarget& target() const { return connection_.target(); }

private:
    PostgresConnection connection_;
    PostgresViews views_{*this};
    std::unique_ptr<Fleet> fleet_;  ///< nothing = no writer is held against
    bool may_commit_later_ = false; ///< of an ingest: lock_commits() has not come yet
};

} // namespace skurd

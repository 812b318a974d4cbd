#include "store/postgres/postgres_database.hpp"

#include "base/error.hpp"
#include "base/fingerprint.hpp"
#include "lib/postgres/batch.hpp"
#include "lib/postgres/copy.hpp"
#include "lib/postgres/statement.hpp"
#include "store/columns.hpp"
#include "store/copy_store.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/engine/statement.hpp"
#include "store/postgres/configuration.hpp"
#include "store/postgres/postgres_tables.hpp"
#include "store/postgres/schema_differences.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// How a statement runs does not hang on what the server has counted of the tables: it may have counted them empty,
/// and every statement of the store has an index to go by. So one plan holds for all parameters, and a table is read
/// whole only where there is no other way.
constexpr auto session_settings = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off;"
                                  " SET lock_timeout = '30s'; SET client_min_messages = warning;"
                                  // A host that lost power holds the writer's lock no longer than this.
                                  " SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
                                  " SET tcp_keepalives_count = 3";

/// The parameters of `Base`, as values of the wrapper's.
template <typename Base>
class Bound : public Base {
public:
    void bind_null(int index) override { take(index, nullptr); }
    void bind_integer(int index, std::int64_t value) override { take(index, value); }
    void bind_real(int index, double value) override { take(index, value); }
    void bind_text(int index, std::string_view text) override { take(index, std::string(text)); }
    void bind_blob(int index, std::string_view bytes) override { take(index, PostgresBytes{std::string(bytes)}); }

private:
    virtual void take(int index, PostgresValue value) = 0;
};

/// One that writes outside a transaction has one of its own, so that it is held against the table writer too.
class PostgresPrepared final : public Bound<PreparedStatement> {
public:
    PostgresPrepared(PostgresDatabase& database, PostgresConnection& connection, std::string_view sql)
        : database_(database), statement_(connection, sql),
          writes_(!sql.substr(std::min(sql.find_first_not_of(" \n"), sql.size())).starts_with("SELECT"))
    {
    }

    bool step() override
    {
        if (has_begun_ || !writes_ || !database_.ingests_beside_others())
            return has_begun_ = statement_.step();
        Database::Transaction transaction(database_);
        has_begun_ = statement_.step();
        transaction.commit();
        return has_begun_;
    }
    void reset() noexcept override
    {
        has_begun_ = false;
        statement_.reset();
    }
    int columns() const override { return statement_.columns(); }
    bool is_null(int column) const override { return statement_.is_null(column); }
    std::int64_t integer(int column) const override { return statement_.integer(column); }
    double real(int column) const override { return statement_.real(column); }
    std::string_view view(int column) const override { return statement_.view(column); }

private:
    void take(int index, PostgresValue value) override { statement_.bind(index, std::move(value)); }

    PostgresDatabase& database_;
    PostgresStatement statement_;
    bool writes_;
    bool has_begun_ = false; ///< there may be more rows
};

class RowParameters final : public Bound<Parameters> {
public:
    explicit RowParameters(PostgresParameters& row) : row_(row) {}

private:
    void take(int index, PostgresValue value) override { row_.bind(index, std::move(value)); }

    PostgresParameters& row_;
};

/// Values of row after row.
class CollectedRows final : public Bound<Parameters> {
public:
    explicit CollectedRows(int columns) : columns_(static_cast<std::size_t>(columns)) {}

    void begin_row() { values_.resize(values_.size() + columns_); }
    std::size_t bytes() const { return bytes_; }
    /// Adds each row to the batch.
    void hand_to(PostgresBatch& batch)
    {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            batch.parameters().bind(1 + static_cast<int>(i % columns_), std::move(values_[i]));
            if (i % columns_ == columns_ - 1)
                batch.add();
        }
        values_.clear();
        bytes_ = 0;
    }

private:
    void take(int index, PostgresValue value) override
    {
        const auto* bytes = std::get_if<PostgresBytes>(&value);
        bytes_ += sizeof value + (bytes ? bytes->bytes.size() : 0);
        values_.at(values_.size() - columns_ + static_cast<std::size_t>(index) - 1) = std::move(value);
    }

    std::size_t columns_;
    std::size_t bytes_ = 0;
    std::vector<PostgresValue> values_;
};

constexpr std::size_t collected_max = 8 << 20; ///< bytes of rows that wait to be sent

std::string one_row(const std::string& head, int columns, const std::string& tail)
{
    std::string sql = head + " VALUES (";
    for (int i = 1; i <= columns; ++i)
        sql += fmt::format("{}${}", i == 1 ? "" : ", ", i);
    return sql + ")" + tail;
}

/// Rows by COPY. They are collected, since nothing else can be done on the connection while one is under way.
class CopySink final : public RowSink {
public:
    /// `head`: INSERT INTO name (columns). The types of the columns are those of the parameters of such a statement.
    CopySink(PostgresConnection& connection, const std::string& head, int columns)
        : connection_(connection), table_(head.substr(std::string_view("INSERT INTO ").size())),
          row_(connection, connection.plan(one_row(head, columns, ""))), parameters_(row_)
    {
    }

    std::size_t batch() const override { return 1; }
    Parameters& begin(std::size_t /*rows*/) override { return parameters_; }
    void end() override
    {
        row_.append_row(rows_);
        if (rows_.size() >= collected_max)
            flush();
    }
    void flush() override
    {
        if (rows_.empty())
            return;
        PostgresCopyIn copy(connection_, table_);
        copy.put(rows_);
        copy.finish();
        rows_.clear();
    }

private:
    PostgresConnection& connection_;
    std::string table_;
    PostgresParameters row_;
    RowParameters parameters_;
    std::string rows_;
};

/// Rows of a statement that COPY has nothing like: ON CONFLICT. They are collected too.
class BatchSink final : public RowSink {
public:
    BatchSink(PostgresConnection& connection, std::string sql, int columns)
        : connection_(connection), sql_(std::move(sql)), rows_(columns)
    {
        connection.plan(sql_); // to be told here that it is none
    }

    std::size_t batch() const override { return 1; }
    Parameters& begin(std::size_t /*rows*/) override
    {
        rows_.begin_row();
        return rows_;
    }
    void end() override
    {
        if (rows_.bytes() >= collected_max)
            flush();
    }
    void flush() override
    {
        PostgresBatch batch(connection_, sql_);
        rows_.hand_to(batch);
        batch.finish();
    }

private:
    PostgresConnection& connection_;
    std::string sql_;
    CollectedRows rows_;
};

void require_usable(PostgresDatabase& database)
{
    Statement row(database, "SELECT CAST(current_setting('server_version_num') AS BIGINT),"
                            " current_setting('server_encoding'), CASE WHEN d.datlocprovider = 'i' THEN 'ICU' ELSE"
                            " d.datcollate END, current_setting('server_version')"
                            " FROM pg_database AS d WHERE d.datname = current_database()");
    row.step();
    constexpr std::int64_t oldest_version = 150000;
    if (row.integer(0) < oldest_version)
        throw StoreError(
            fmt::format("{}: is PostgreSQL {}; skurd needs 15 or newer", database.location(), row.view(3)));
    if (row.view(1) != "UTF8" || (row.view(2) != "C" && row.view(2) != "POSIX"))
        throw StoreError(fmt::format("{}: is in {} and sorts by {}; make one that sorts by bytes: CREATE DATABASE ..."
                                     " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
                                     database.location(), row.view(1), row.view(2)));
}

} // namespace

PostgresDatabase::PostgresDatabase(const PostgresTarget& target, Access access) : connection_(target)
{
    connection_.exec(session_settings);
    if (access == Access::read)
        connection_.exec("SET default_transaction_read_only = on");
    require_usable(*this);
}

std::unique_ptr<PreparedStatement> PostgresDatabase::prepare(std::string_view sql)
{
    return std::make_unique<PostgresPrepared>(*this, connection_, with_dataset_parts(sql));
}

std::unique_ptr<RowSink> PostgresDatabase::bulk_insert(const std::string& head, int columns, const std::string& tail)
{
    if (tail.empty())
        return std::make_unique<CopySink>(connection_, head, columns);
    return std::make_unique<BatchSink>(connection_, with_dataset_parts(one_row(head, columns, tail)), columns);
}

/// What is read in a transaction for reading is of one instant. So is what a writer reads: nobody else commits while
/// it has the right to. One message, one round trip.
void PostgresDatabase::begin(Purpose purpose)
{
    const bool is_outermost = !connection_.in_transaction();
    if (purpose == Purpose::read)
        connection_.begin("BEGIN ISOLATION LEVEL REPEATABLE READ");
    else if (!fleet_)
        connection_.begin("BEGIN");
    else
        connection_.begin(
            fmt::format("BEGIN; SELECT lock_commits(); SELECT require_writer({})", fleet_->token()).c_str());
    may_commit_later_ = may_commit_later_ && !is_outermost;
}

/// The dataset's lock is waited for as long as an ingest may take.
void PostgresDatabase::begin_ingest(const std::string& dataset)
{
    if (!fleet_ || connection_.in_transaction())
        return begin(Purpose::write);
    connection_.begin(fmt::format("BEGIN; SET LOCAL lock_timeout = '10min'; SELECT lock_dataset({});"
                                  " SET LOCAL lock_timeout = '30s'; SELECT require_writer({})",
                                  static_cast<std::int64_t>(fingerprint(dataset)), fleet_->token())
                          .c_str());
    may_commit_later_ = true;
}

void PostgresDatabase::lock_commits()
{
    if (may_commit_later_)
        connection_.exec("SELECT lock_commits()");
    may_commit_later_ = false;
}

void PostgresDatabase::commit()
{
    if (connection_.depth() == 1)
        lock_commits();
    connection_.commit();
}

std::vector<std::int64_t> PostgresDatabase::draw_ids(Ids of, std::size_t count)
{
    constexpr std::size_t at_once = 10'000; // all rows of a statement are in memory
    const auto* sequence = of == Ids::ingest ? "ingest_ids" : of == Ids::release ? "release_ids" : "series_ids";
    Statement next(*this, fmt::format("SELECT nextval('{}') FROM generate_series(1, CAST($1 AS BIGINT))", sequence));
    std::vector<std::int64_t> drawn;
    drawn.reserve(count);
    while (drawn.size() < count) {
        next.bind(std::min(at_once, count - drawn.size()));
        while (next.step())
            drawn.push_back(next.integer(0));
    }
    return drawn;
}

std::vector<StoreWriter> PostgresDatabase::writers()
{
    std::vector<StoreWriter> found;
    Statement row(*this, "SELECT w.token, w.host, w.process, w.program, w.configuration, w.since, w.until, l.kind,"
                         " l.name, CASE WHEN w.configuration IN ('', coalesce((SELECT c.hash FROM"
                         " configuration AS c ORDER BY c.id DESC LIMIT 1), w.configuration)) THEN 1 ELSE 0 END,"
                         " CASE WHEN w.until < to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                         " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') THEN 1 ELSE 0 END FROM writer AS w LEFT JOIN lease AS l "
                         "ON l.writer = w.token"
                         " ORDER BY w.token, l.kind NULLS FIRST, l.name NULLS FIRST");
    while (row.step()) {
        if (found.empty() || found.back().token != row.integer(0))
            found.push_back({row.integer(0), row.text(1), row.integer(2), row.text(3), row.text(4),
                             time_from(row.view(5)), time_from(row.view(6)), row.integer(10) != 0,
                             row.integer(9) != 0});
        if (!row.is_null(7))
            found.back().leases.push_back({enum_from<Lease::Kind>(row.view(7)), row.text(8)});
    }
    return found;
}

std::vector<ConfigurationVersion> PostgresDatabase::configuration_versions()
{
    return skurd::configuration_versions(*this);
}

std::vector<ConfigurationText> PostgresDatabase::configuration_texts(const std::string& hash)
{
    return skurd::configuration_texts(*this, hash);
}

void PostgresDatabase::write_as(std::unique_ptr<Fleet> fleet)
{
    fleet_ = std::move(fleet);
    // One who stops in the middle of a transaction keeps others waiting no longer than this.
    connection_.exec("SET idle_in_transaction_session_timeout = '2min'");
}

std::unique_ptr<Database> PostgresDatabase::beside() const
{
    return std::make_unique<PostgresDatabase>(target(), Access::read);
}

/// The server itself checks what it reads. Looked for are rows that lead nowhere, where no foreign key prevents them.
std::vector<std::string> PostgresDatabase::damage()
{
    std::vector<std::string> found;
    Statement row(*this, R"(
        SELECT 'series', 'dataset', count(*) FROM series AS s
            WHERE NOT EXISTS (SELECT 1 FROM dataset AS d WHERE d.id = s.dataset_id)
        UNION ALL
        SELECT 'series_code', 'series', count(*) FROM series_code AS c
            WHERE NOT EXISTS (SELECT 1 FROM series AS s WHERE s.dataset_id = c.dataset_id AND s.id = c.series_id)
        UNION ALL
        SELECT 'series_code', 'category', count(*) FROM series_code AS c
            WHERE NOT EXISTS (SELECT 1 FROM category AS k WHERE k.dataset_id = c.dataset_id
                              AND k.id = c.category_id AND k.dimension_id = c.dimension_id)
        UNION ALL
        SELECT 'series_words', 'series', count(*) FROM series_words AS w
            WHERE NOT EXISTS (SELECT 1 FROM series AS s WHERE s.dataset_id = w.dataset_id AND s.id = w.series_id)
        UNION ALL
        SELECT 'category_words', 'category', count(*) FROM category_words AS w
            WHERE NOT EXISTS (SELECT 1 FROM category AS k WHERE k.dataset_id = w.dataset_id
                              AND k.id = w.category_id)
        UNION ALL
        SELECT 'run', 'vintage', count(*) FROM run AS r
            WHERE r.vintage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vintage AS v WHERE v.id = r.vintage_id)
        UNION ALL
        SELECT 'indicator_value', 'vintage', count(*) FROM indicator_value AS i
            WHERE i.vintage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vintage AS v WHERE v.id = i.vintage_id)
        UNION ALL
        SELECT 'signed_value', 'vintage', count(*) FROM signed_value AS i
            WHERE i.vintage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vintage AS v WHERE v.id = i.vintage_id)
        UNION ALL
        SELECT 'job_state', 'vintage', count(*) FROM job_state AS j
            WHERE j.newest_vintage_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM vintage AS v WHERE v.id = j.newest_vintage_id))");
    while (row.step())
        if (row.integer(2) > 0)
            found.push_back(fmt::format("table {}: {} rows point to a row of {} that is not there", row.view(0),
                                        row.integer(2), row.view(1)));
    return found;
}

std::vector<std::string> PostgresDatabase::schema_differences()
{
    return postgres_schema_differences(*this);
}

/// A replica that has replayed all it received, while it receives, is not behind. Otherwise it is as old as the
/// newest transaction it has: where the primary writes nothing, that says too much, never too little.
std::optional<std::chrono::seconds> PostgresDatabase::behind()
{
    const auto seconds =
        integer("SELECT CASE WHEN NOT pg_is_in_recovery() THEN -1"
                " WHEN EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE pid IS NOT NULL)"
                " AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
                " ELSE greatest(0, CAST(ceil(extract(epoch FROM clock_timestamp()"
                " - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))) AS BIGINT)) END");
    return seconds < 0 ? std::nullopt : std::optional(std::chrono::seconds(seconds));
}

std::unique_ptr<StoreTables> PostgresDatabase::tables()
{
    return postgres_tables(*this);
}

std::uintmax_t PostgresDatabase::size()
{
    return static_cast<std::uintmax_t>(
        integer("SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class AS c"
                " WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r' AND c.relname <> "
                "'payload_file'"));
}

void PostgresDatabase::copy_to(const std::filesystem::path& file, const Clock& clock,
                               const std::function<void(int)>& progress)
{
    copy_to_file(*this, file, clock, progress);
}

} // namespace skurd

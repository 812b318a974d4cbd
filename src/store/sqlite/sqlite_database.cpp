#include "store/sqlite/sqlite_database.hpp"

#include "lib/sqlite/statement.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/engine/statement.hpp"
#include "store/sqlite/schema_differences.hpp"
#include "store/sqlite/sqlite_tables.hpp"
#include "store/store_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace skurd {

namespace {

/// A prepared statement whose parameters are bound by name: SQLite numbers $1 ... $n in the order in which they
/// stand, so `SELECT $2, $1` would swap them. Those that only say which dataset is meant, the last, it does not have.
class SqlitePrepared final : public PreparedStatement {
public:
    SqlitePrepared(SqliteConnection& connection, std::string_view sql)
        : statement_(connection, sql), places_(statement_.parameter_places()), last_(last_dataset_parameter(sql))
    {
    }

    void bind_null(int index) override { statement_.bind_null(place(index)); }
    void bind_integer(int index, std::int64_t value) override
    {
        if (index <= static_cast<int>(places_.size()) || index > last_)
            statement_.bind_integer(place(index), value);
    }
    void bind_real(int index, double value) override { statement_.bind_real(place(index), value); }
    void bind_text(int index, std::string_view text) override { statement_.bind_text(place(index), text); }
    void bind_blob(int index, std::string_view bytes) override { statement_.bind_blob(place(index), bytes); }

    bool step() override { return statement_.step(); }
    void reset() noexcept override { statement_.reset(); }
    int columns() const override { return statement_.columns(); }
    bool is_null(int column) const override { return statement_.is_null(column); }
    std::int64_t integer(int column) const override { return statement_.integer(column); }
    double real(int column) const override { return statement_.real(column); }
    std::string_view view(int column) const override { return statement_.view(column); }

private:
    /// One past the last is given to SQLite, which refuses it with the statement's text.
    int place(int index) const
    {
        const auto at = static_cast<std::size_t>(index - 1);
        return at < places_.size() ? places_[at] : index;
    }

    SqliteStatement statement_;
    std::vector<int> places_;
    int last_; ///< parameter that says which dataset is meant
};

/// Many rows with one statement, so that starting and ending one is not paid for every row. Preparing that of many
/// rows costs as much as some hundred rows, so it is left until there are so many.
class SqliteRowSink final : public RowSink {
public:
    SqliteRowSink(SqliteDatabase& database, const std::string& head, int columns, const std::string& tail)
        : database_(database), head_(head), columns_(columns), tail_(tail), one_(prepare(1))
    {
    }

    std::size_t batch() const override { return many; }

    Parameters& begin(std::size_t rows) override
    {
        if (rows > 1 && !many_)
            many_ = prepare(many);
        current_ = rows == 1 ? one_.get() : many_.get();
        current_->reset();
        return *current_;
    }

    void end() override { current_->step(); }

private:
    static constexpr std::size_t many = 32;

    std::unique_ptr<PreparedStatement> prepare(std::size_t rows)
    {
        auto all = head_ + " VALUES ";
        int next = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            all += row == 0 ? "(" : ",(";
            for (int column = 0; column < columns_; ++column)
                all += fmt::format("{}${}", column == 0 ? "" : ",", ++next);
            all += ")";
        }
        return database_.prepare(all + tail_);
    }

    SqliteDatabase& database_;
    std::string head_;
    int columns_;
    std::string tail_;
    std::unique_ptr<PreparedStatement> one_;
    std::unique_ptr<PreparedStatement> many_;
    PreparedStatement* current_ = nullptr; ///< between begin() and end()
};

} // namespace

std::unique_ptr<PreparedStatement> SqliteDatabase::prepare(std::string_view sql)
{
    return std::make_unique<SqlitePrepared>(connection_, sql);
}

std::unique_ptr<RowSink> SqliteDatabase::bulk_insert(const std::string& head, int columns, const std::string& tail)
{
    return std::make_unique<SqliteRowSink>(*this, head, columns, tail);
}

void SqliteDatabase::begin(Purpose purpose)
{
    connection_.begin(purpose == Purpose::write ? SqliteConnection::Purpose::write : SqliteConnection::Purpose::read);
}

/// Beyond the largest: nobody else writes.
std::vector<std::int64_t> SqliteDatabase::draw_ids(Ids of, std::size_t count)
{
    const auto largest = [&] {
        switch (of) {
        case Ids::ingest:
            return integer("SELECT coalesce(max(ingest_id), 0) FROM commit_log");
        case Ids::release:
            return std::max(integer("SELECT coalesce(max(id), 0) FROM vintage"),
                            integer("SELECT coalesce(max(id), 0) FROM confirmation"));
        case Ids::series:
            return integer("SELECT coalesce(max(id), 0) FROM series");
        }
        return std::int64_t(0);
    };
    std::vector<std::int64_t> drawn(count);
    std::iota(drawn.begin(), drawn.end(), largest() + 1);
    return drawn;
}

std::unique_ptr<Database> SqliteDatabase::beside() const
{
    return std::make_unique<SqliteDatabase>(file(), Access::read, connection_.shown());
}

bool SqliteDatabase::is_snapshot()
{
    return integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'snapshot'") != 0 &&
           integer("SELECT count(*) FROM snapshot") != 0;
}

std::vector<std::string> SqliteDatabase::damage()
{
    std::vector<std::string> found;
    SqliteStatement integrity(connection_, "PRAGMA integrity_check(20)");
    while (integrity.step())
        if (integrity.view(0) != "ok")
            found.push_back(fmt::format("SQLite: {}", integrity.view(0)));
    const bool has_runs = !is_snapshot();
    SqliteStatement foreign(connection_, "PRAGMA foreign_key_check");
    while (foreign.step())
        if (has_runs || foreign.view(2) != "run")
            found.push_back(fmt::format("table {}, row {}: points to a row of {} that is not there", foreign.view(0),
                                        foreign.view(1), foreign.view(2)));
    return found;
}

std::unique_ptr<StoreTables> SqliteDatabase::tables()
{
    return sqlite_tables(*this);
}

std::uintmax_t SqliteDatabase::size()
{
    return store_size(file());
}

std::vector<std::string> SqliteDatabase::schema_differences()
{
    return skurd::schema_differences(*this);
}

void remove_side_files(const std::filesystem::path& database)
{
    for (const char* side : {"-journal", "-wal", "-shm"})
        std::filesystem::remove(database.string() + side);
}

void remove_database(const std::filesystem::path& database) noexcept
{
    std::error_code ignored;
    for (const char* side : {"", "-journal", "-wal", "-shm"})
        std::filesystem::remove(database.string() + side, ignored);
}

} // namespace skurd

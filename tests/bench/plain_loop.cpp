#include "tests/bench/plain_loop.hpp"

#include "base/error.hpp"
#include "lib/sqlite/connection.hpp"
#include "lib/sqlite/statement.hpp"

#include <cmath>
#include <sqlite3.h> // bare, not through the wrapper: this is what the wrapper is measured against, too

namespace skurd::bench {

namespace {

/// The table as the first schema has it: a fixed measure, whatever the store makes of its own later.
constexpr auto schema = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 1048576;
    CREATE TABLE observation (
        series_id INTEGER NOT NULL,
        period_id INTEGER NOT NULL,
        vintage_id INTEGER NOT NULL,
        value REAL,
        decimals INTEGER NOT NULL,
        value_text TEXT,
        status_id INTEGER NOT NULL,
        PRIMARY KEY (series_id, period_id, vintage_id)
    ) STRICT, WITHOUT ROWID;
)";

struct Row {
    std::int64_t series = 0;
    std::int64_t period = 0;
    double value = 0;
    int decimals = 0;
    int status = 0;
};

std::vector<Row> rows_of(const Table& table)
{
    std::vector<Row> rows;
    rows.reserve(table.cells().size());
    const auto years = table.shape().years;
    for (std::size_t i = 0; i < table.cells().size(); ++i) {
        const auto& cell = table.cells()[i];
        rows.push_back({static_cast<std::int64_t>(i / years + 1), static_cast<std::int64_t>(i % years + 1),
                        static_cast<double>(cell.mantissa) / std::pow(10.0, cell.scale), cell.scale, cell.symbol});
    }
    return rows;
}

void insert_all(SqliteConnection& database, const std::vector<Row>& rows)
{
    constexpr std::int64_t vintage = 1;
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database.handle(), "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?)", -1, &insert,
                       nullptr);
    for (const auto& row : rows) {
        sqlite3_bind_int64(insert, 1, row.series);
        sqlite3_bind_int64(insert, 2, row.period);
        sqlite3_bind_int64(insert, 3, vintage);
        if (row.status == 0)
            sqlite3_bind_double(insert, 4, row.value);
        else
            sqlite3_bind_null(insert, 4);
        sqlite3_bind_int(insert, 5, row.decimals);
        sqlite3_bind_null(insert, 6);
        sqlite3_bind_int(insert, 7, row.status);
        if (sqlite3_step(insert) != SQLITE_DONE)
            database.fail("the plain loop");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

} // namespace

Cost plain_loop(const Table& table, const std::filesystem::path& file)
{
    for (const auto* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + suffix);
    SqliteConnection database(file, SqliteConnection::Access::write);
    database.exec(schema);
    const auto rows = rows_of(table);
    const auto cost = cost_of([&] {
        database.exec("BEGIN IMMEDIATE");
        insert_all(database, rows);
        database.exec("COMMIT");
    });
    SqliteStatement count(database, "SELECT count(*) FROM observation");
    if (!count.step() || count.integer(0) != static_cast<std::int64_t>(rows.size()))
        throw error("{}: the plain loop lost rows", file.string());
    return cost;
}

} // namespace skurd::bench

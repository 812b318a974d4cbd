// The same harvests into a store on PostgreSQL, against COPY of the same rows on the same server.
#include "base/error.hpp"
#include "lib/postgres/copy.hpp"
#include "lib/postgres/statement.hpp"
#include "store/observation_store.hpp"
#include "store/postgres/postgres_database.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/questions.hpp"
#include "tests/support/postgres_server.hpp"

#include <bit>
#include <cmath>
#include <optional>

namespace skurd::bench {

namespace {

constexpr double server_first_max = 2.5;
constexpr double server_same_bytes_max = 0.03;
constexpr double server_revised_max = 0.3;
constexpr double server_read_max = 3;
constexpr std::size_t revised_part = 100; ///< of the cells: divided by this
constexpr std::size_t server_reads = 200;

/// As the store's own table of observations, with its key, but without what the server computes of a row.
constexpr auto plain_table = R"(
    CREATE TABLE observation (
        band BIGINT NOT NULL,
        series_id BIGINT NOT NULL,
        period_id BIGINT NOT NULL,
        vintage_id BIGINT NOT NULL,
        value DOUBLE PRECISION,
        decimals BIGINT NOT NULL,
        value_text TEXT,
        status_id BIGINT NOT NULL,
        PRIMARY KEY (band, series_id, period_id, vintage_id)
    ))";

/// A row of COPY in its binary form.
class CopyRow {
public:
    CopyRow(std::string& to, std::uint16_t fields) : to_(to) { append(fields); }

    void add(std::int64_t value)
    {
        append(std::uint32_t{sizeof value});
        append(static_cast<std::uint64_t>(value));
    }
    void add(double value)
    {
        append(std::uint32_t{sizeof value});
        append(std::bit_cast<std::uint64_t>(value));
    }
    void add_null() { append(~std::uint32_t{0}); }

private:
    template <typename Unsigned>
    void append(Unsigned value)
    {
        for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8)
            to_.push_back(static_cast<char>(value >> shift & 0xff));
    }

    std::string& to_;
};

std::string copy_rows_of(const Table& table)
{
    std::string rows;
    const auto years = table.shape().years;
    for (std::size_t i = 0; i < table.cells().size(); ++i) {
        const auto& cell = table.cells()[i];
        CopyRow row(rows, 8);
        row.add(std::int64_t{1});
        row.add(static_cast<std::int64_t>(i / years + 1));
        row.add(static_cast<std::int64_t>(i % years + 1));
        row.add(std::int64_t{1});
        if (cell.symbol == 0)
            row.add(static_cast<double>(cell.mantissa) / std::pow(10.0, cell.scale));
        else
            row.add_null();
        row.add(std::int64_t{cell.scale});
        row.add_null();
        row.add(std::int64_t{cell.symbol});
    }
    return rows;
}

/// One COPY of rows that stand ready into a new table, in one transaction.
Cost plain_copy(test::PostgresServer& server, const std::string& rows, std::size_t count)
{
    constexpr std::size_t at_once = std::size_t(1) << 20;
    PostgresConnection connection({server.new_database(), ""});
    connection.exec(plain_table);
    const auto cost = cost_of([&] {
        connection.begin("BEGIN");
        PostgresCopyIn copy(connection, "observation (band, series_id, period_id, vintage_id, value, decimals,"
                                        " value_text, status_id)");
        for (std::size_t at = 0; at < rows.size(); at += at_once)
            copy.put(std::string_view(rows).substr(at, at_once));
        copy.finish();
        connection.commit();
    });
    PostgresStatement found(connection, "SELECT count(*) FROM observation");
    if (!found.step() || found.integer(0) != static_cast<std::int64_t>(count))
        throw error("the plain copy lost rows");
    return cost;
}

/// A table and its store, new, on the server.
class OnServer {
public:
    OnServer(test::PostgresServer& server, const std::filesystem::path& folder, const Shape& shape)
        : table_(shape), place_(new_place(server, folder)), harvest_(place_)
    {
    }

    Cost first() { return take(table_.json(harvest_.published())); }
    Cost same_bytes() { return take(last_); }
    Cost one_percent_revised()
    {
        table_.revise(table_.cells().size() / revised_part);
        return take(table_.json(harvest_.published()));
    }
    std::int64_t rows() const { return rows_; }              ///< that the last harvest wrote
    std::size_t round_trips() const { return round_trips_; } ///< that the last harvest waited for
    double logged() const { return logged_; } ///< bytes that went to the server's write-ahead log for it
    double growth() const { return growth_; } ///< bytes that tables and indexes grew by, without payloads
    const Stages& stages() const { return harvest_.stages(); }
    const StorePlace& place() const { return place_; }

private:
    static StorePlace new_place(test::PostgresServer& server, const std::filesystem::path& folder)
    {
        std::filesystem::remove_all(folder);
        StorePlace place(folder);
        place.url = server.new_database();
        return place;
    }

    Cost take(std::string bytes)
    {
        auto& database = dynamic_cast<PostgresDatabase&>(harvest_.store().database());
        const auto logged = [&] {
            return database.integer("SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS BIGINT)");
        };
        const auto size_before = database.size();
        const auto logged_before = logged();
        const auto before = database.round_trips();
        IngestResult taken;
        const auto cost = cost_of([&] { taken = harvest_.ingest(bytes); });
        rows_ = taken.counts.rows;
        round_trips_ = database.round_trips() - before;
        logged_ = static_cast<double>(logged() - logged_before);
        growth_ = static_cast<double>(database.size()) - static_cast<double>(size_before);
        last_ = std::move(bytes);
        return cost;
    }

    Table table_;
    StorePlace place_;
    Harvest harvest_;
    std::string last_;
    std::int64_t rows_ = 0;
    std::size_t round_trips_ = 0;
    double logged_ = 0;
    double growth_ = 0;
};

/// Milliseconds to read one series of a store as of the day of its first release: the median.
double read_of(const StorePlace& place, const Shape& shape)
{
    const test::ManualClock clock("2030-01-01T00:00:00Z");
    const StoreSession store(place, StoreSession::Access::read, clock);
    const AsOf as_of{*parse_time("2020-01-01T12:00:00Z"), {}};
    std::vector<double> walls;
    for (std::size_t i = 0; i < server_reads; ++i) {
        const auto region = Table::region_code(i * 7919 % shape.regions);
        const auto selector =
            Selector::parse(fmt::format("{}{{Region={},ContentsCode=Innhold00,Alder=000}}", dataset, region));
        std::size_t found = 0;
        walls.push_back(cost_of([&] { found = ObservationStore(store).as_of(selector, as_of).size(); }).wall);
        if (found != shape.years)
            throw error("the bench itself is wrong, or the store: {} gave {} observations", selector.text(), found);
    }
    return median(walls) * 1e3;
}

/// How many more round trips a harvest of twice the cells takes, first and revised.
std::pair<double, double> more_round_trips(test::PostgresServer& server, const Setup& setup)
{
    auto half = setup.shape;
    half.regions = std::max<std::size_t>(1, half.regions / 2);
    OnServer small(server, setup.folder / "half", half);
    OnServer whole(server, setup.folder / "whole", setup.shape);
    small.first();
    whole.first();
    const auto first = static_cast<double>(whole.round_trips()) - static_cast<double>(small.round_trips());
    small.one_percent_revised();
    whole.one_percent_revised();
    return {first, static_cast<double>(whole.round_trips()) - static_cast<double>(small.round_trips())};
}

} // namespace

void ask_postgres(const Setup& setup, const Sheet& sheet)
{
    auto* server = test::PostgresServer::running();
    if (!server)
        return sheet.note("postgres", "PostgreSQL is not installed");
    const Table table(setup.shape);
    const auto copied = copy_rows_of(table);
    const auto cells = static_cast<double>(table.cells().size());
    Pairs first;
    Pairs same;
    Pairs revised;
    std::optional<OnServer> last;
    std::size_t trips_of_first = 0;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        const auto plain = plain_copy(*server, copied, table.cells().size());
        last.emplace(*server, setup.folder / "server", setup.shape);
        const auto whole = last->first();
        if (last->rows() != static_cast<std::int64_t>(table.cells().size()))
            throw error("the bench itself is wrong, or the store: a first harvest did not write every cell");
        trips_of_first = last->round_trips();
        first.add(whole, plain);
        if (i == 0) {
            print_stages(sheet, "postgres.first", last->stages());
            sheet.figure("postgres.first.log", last->logged() / cells, "bytes/cell");
            sheet.figure("postgres.first.growth", last->growth() / cells, "bytes/cell");
        }
        same.add(last->same_bytes(), whole);
        if (last->rows() != 0)
            throw error("the bench itself is wrong, or the store: the same bytes wrote rows");
        revised.add(last->one_percent_revised(), whole);
    }
    sheet.at_most("postgres.first.ratio", first.wall_ratio(), "x", server_first_max);
    sheet.figure("postgres.first.harvest", first.our_wall() * 1e3, "ms");
    sheet.figure("postgres.first.copy", first.their_wall() * 1e3, "ms");
    sheet.at_most("postgres.same_bytes.ratio", same.wall_ratio(), "x", server_same_bytes_max);
    sheet.at_most("postgres.revised.ratio", revised.wall_ratio(), "x", server_revised_max);
    sheet.exactly("postgres.revised.rows", static_cast<double>(last->rows()), "rows",
                  static_cast<double>(table.cells().size() / revised_part));
    print_stages(sheet, "postgres.revised", last->stages());
    sheet.figure("postgres.revised.log", last->logged() / static_cast<double>(last->rows()), "bytes/cell");
    sheet.figure("postgres.revised.growth", last->growth() / static_cast<double>(last->rows()), "bytes/cell");
    sheet.figure("postgres.first.round_trips", static_cast<double>(trips_of_first), "trips");
    sheet.figure("postgres.revised.round_trips", static_cast<double>(last->round_trips()), "trips");
    sheet.at_most("postgres.one_series", read_of(last->place(), setup.shape), "ms", server_read_max);
    last.reset();
    const auto more = more_round_trips(*server, setup);
    sheet.exactly("postgres.first.more_round_trips", more.first, "trips", 0);
    sheet.exactly("postgres.revised.more_round_trips", more.second, "trips", 0);
}

} // namespace skurd::bench

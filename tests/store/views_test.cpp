// What views promise to other programs: a type on every column, the words of the row's day, which version comes next,
// and numbers to read on from. And that what they read is what the rows come to, whatever was ingested in which
// order.
#include "store/maintenance.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <random>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// All rows of a query, a line for each, fields separated by '|'.
std::string rows(const std::filesystem::path& folder, const std::string& query)
{
    SqliteDatabase database(folder / "skurd.db", SqliteDatabase::Access::read);
    Statement row(database, query);
    std::string text;
    while (row.step()) {
        for (int i = 0; i < row.columns(); ++i)
            text += (i == 0 ? "" : "|") + (row.is_null(i) ? std::string("NULL") : row.text(i));
        text += "\n";
    }
    return text;
}

struct ViewsFixture : StoreFixture {
    std::string all(const std::string& query) const { return rows(folder.path(), query); }
    std::vector<std::string> wrong() const { return StoreMaintenance(store).verify().wrong; }
    void tamper(const std::string& sql) const
    {
        SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::write).exec(sql);
    }
};

/// What the views say, by looking for later rows among all.
constexpr auto history_by_rows = R"(
    SELECT o.series_id, p.text, o.vintage_id, v.published_at,
        (SELECT l.published_at FROM observation AS x JOIN vintage AS l ON l.id = x.vintage_id
            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
              AND (l.published_at, l.seq) > (v.published_at, v.seq) ORDER BY l.published_at, l.seq LIMIT 1),
        (SELECT x.vintage_id FROM observation AS x JOIN vintage AS l ON l.id = x.vintage_id
            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
              AND (l.published_at, l.seq) > (v.published_at, v.seq) ORDER BY l.published_at, l.seq LIMIT 1),
        (SELECT max(v.observed_at, min(l.observed_at)) FROM observation AS x JOIN vintage AS l ON l.id = x.vintage_id
            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
              AND (l.published_at, l.seq) > (v.published_at, v.seq))
    FROM observation AS o JOIN vintage AS v ON v.id = o.vintage_id JOIN period AS p ON p.id = o.period_id
    ORDER BY 1, 2, 3)";
constexpr auto history_by_view = R"(
    SELECT series_id, period, vintage_id, published_from, published_to, next_vintage_id, known_to
    FROM observation_history ORDER BY 1, 2, 3)";
constexpr auto current_by_history = R"(
    SELECT series_id, period, vintage_id, label, unit, value, status FROM observation_history
    WHERE published_to IS NULL ORDER BY 1, 2)";
constexpr auto current_by_view =
    "SELECT series_id, period, vintage_id, label, unit, value, status FROM current_observation ORDER BY 1, 2";

/// Three series of three years, made up; now and then a name changes, and cells are left out.
Release random_release(std::mt19937& random)
{
    const auto one_in = [&](unsigned n) { return random() % n == 0; };
    const auto text = [&] {
        return one_in(5) ? std::string(":") : one_in(6) ? std::string() : std::to_string(1 + random() % 3);
    };
    std::vector<std::string> periods = {"2016", "2017", "2018"};
    if (one_in(3))
        periods.pop_back();
    std::map<std::string, std::vector<std::string>> cells;
    for (const char* code : {"1", "2", "3"})
        if (!one_in(4))
            for (std::size_t i = 0; i < periods.size(); ++i)
                cells[code].push_back(text());
    if (cells.empty())
        cells["1"].assign(periods.size(), "1");
    auto release = release_of(periods, cells, one_in(3) ? Coverage::complete_selection : Coverage::partial);
    for (auto& category : release.dimensions[0].categories) {
        category.label += one_in(4) ? " again" : "";
        category.unit = one_in(8) ? "persons" : "kroner";
    }
    return release;
}

/// A day between 2016 and 2019, often one that there was.
std::string random_day(std::mt19937& random)
{
    return fmt::format("{}-0{}-01", 2016 + random() % 4, 1 + random() % 3);
}

/// Ingests something by chance; what is held or refused is passed over.
void ingest_by_chance(StoreSession& store, ManualClock& clock, std::mt19937& random, int number)
{
    clock.advance(std::chrono::hours(1));
    const auto payload = PayloadStore(store).store(fmt::format("payload {}", number), "text/csv", "x");
    const auto origin = random() % 3 == 0 ? Origin::harvest : Origin::drop;
    try {
        VintageStore(store).ingest(random_release(random), published(random_day(random)), origin, payload, 0);
    } catch (const Error&) {
    }
}

/// A copy of the store's history as another program keeps one: it asks for what came since, and replaces by key.
class Copy {
public:
    void read(const std::filesystem::path& folder)
    {
        SqliteDatabase database(folder / "skurd.db", SqliteDatabase::Access::read);
        Database::Transaction one_view(database, Database::Purpose::read);
        Statement row(database, "SELECT series_id, period, vintage_id, coalesce(CAST(value AS TEXT), status),"
                                " commit_seq FROM observation_history WHERE vintage_id IN"
                                " (SELECT vintage_id FROM releases WHERE commit_seq > $1)");
        row.bind(newest_);
        while (row.step()) {
            CHECK(row.integer(4) > newest_);
            rows_[fmt::format("{}|{}|{}", row.integer(0), row.view(1), row.integer(2))] = row.text(3);
        }
        newest_ = database.integer("SELECT coalesce(max(commit_seq), 0) FROM commits");
    }
    std::string text() const
    {
        std::string text;
        for (const auto& [key, value] : rows_)
            text += key + "|" + value + "\n";
        return text;
    }

private:
    std::int64_t newest_ = 0;
    std::map<std::string, std::string> rows_;
};

} // namespace

TEST_CASE("every column of every view has a type", "[store][views]")
{
    ViewsFixture here;
    here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");

    CHECK(here.all("SELECT s.name, c.name FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c"
                   " WHERE s.type = 'view' AND c.type NOT IN ('INTEGER', 'REAL', 'TEXT')") == "");
    CHECK(here.sql("SELECT count(*) FROM sqlite_schema WHERE type = 'view'") == "25");
    CHECK(here.all("SELECT store_schema > 15, views FROM store_version") == "1|3\n");
}

TEST_CASE("views call no function that a careful program would refuse", "[store][views]")
{
    ViewsFixture here;
    here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
    SqliteDatabase database(here.folder / "skurd.db", SqliteDatabase::Access::read); // distrusts the schema
    std::vector<std::string> views;
    Statement row(database, "SELECT name FROM sqlite_schema WHERE type = 'view'");
    while (row.step())
        views.push_back(row.text(0));
    for (const auto& view : views)
        CHECK(message_of([&] { Statement(database, "SELECT * FROM " + view).step(); }) == "");
}

TEST_CASE("what views read is what the rows come to, whatever came in which order", "[store][views]")
{
    for (unsigned seed = 0; seed < 25; ++seed) {
        INFO("seed " << seed);
        std::mt19937 random(seed);
        ViewsFixture here;
        for (int i = 0; i < 25; ++i) {
            ingest_by_chance(here.store, here.clock, random, i);
            if (i % 6 == 0)
                CHECK(here.all(history_by_view) == here.all(history_by_rows));
        }
        CHECK(here.all(history_by_view) == here.all(history_by_rows));
        CHECK(here.all(current_by_view) == here.all(current_by_history));
        CHECK(here.wrong() == std::vector<std::string>());
    }
}

TEST_CASE("the newest numbers are read by the newest vintage, and nothing is sorted", "[store][views]")
{
    ViewsFixture here;
    here.accept(release_of({"2016", "2017"}, {{"1", {"1", "2"}}, {"2", {"3", "4"}}}), "2018-04-01");
    here.accept(release_of({"2016", "2017"}, {{"1", {"1", "5"}}, {"2", {"3", "4"}}}), "2019-04-01");
    const auto way = [&](const std::string& query) { return here.all("EXPLAIN QUERY PLAN " + query); };
    const std::string current = "SELECT * FROM current_observation ORDER BY published_at DESC LIMIT 20";
    const std::string history = "SELECT * FROM observation_history ORDER BY published_from DESC LIMIT 20";
    for (const auto& query : {current, history}) {
        CHECK_THAT(way(query), Contains("SCAN v USING INDEX vintage_published"));
        CHECK_THAT(way(query), !Contains("TEMP B-TREE"));
    }
    CHECK(here.all("SELECT value FROM current_observation ORDER BY published_at DESC LIMIT 1") == "5.0\n");
    CHECK(here.all("SELECT value FROM observation_history ORDER BY published_from DESC LIMIT 1") == "5.0\n");
    // One dataset is read by its series still.
    CHECK_THAT(way("SELECT * FROM current_observation WHERE dataset = 'drop/table'"),
               Contains("SEARCH o USING PRIMARY KEY (band=? AND series_id=?)"));
    CHECK_THAT(way("SELECT * FROM current_observation WHERE dataset = 'drop/table'"), !Contains("SCAN"));
}

TEST_CASE("a number has the words of its vintage, also where two were published at one time", "[store][views]")
{
    ViewsFixture here;
    auto release = release_of({"2016"}, {{"1", {"1"}}});
    here.accept(release, "2018-04-01");
    release.dimensions[0].categories[0].label = "Another";
    release.dimensions[0].categories[0].unit = "persons";
    release.cells[0] = cell("2");
    here.accept(release, "2018-04-01");

    CHECK(
        here.all("SELECT value, label, unit, published_from, next_vintage_id FROM observation_history ORDER BY 1") ==
        "1.0|Row 1|kroner|2018-04-01T00:00:00Z|2\n2.0|Another|persons|2018-04-01T00:00:00Z|NULL\n");
    CHECK(here.all("SELECT d_nr, d_nr_label, unit, value FROM data_drop_table") == "1|Another|persons|2.0\n");
    CHECK(here.all("SELECT code, label, unit, valid_from, valid_to FROM codes ORDER BY label DESC") ==
          "1|Row 1|kroner|2018-04-01T00:00:00Z|2018-04-01T00:00:00Z\n1|Another|persons|2018-04-01T00:00:00Z|NULL\n");
    CHECK(here.wrong() == std::vector<std::string>());
}

TEST_CASE("each dataset has a view with a column for each dimension", "[store][views]")
{
    ViewsFixture here;
    auto release = release_of({"2016"}, {{"1", {"1"}}});
    release.dataset = "drop/a-table";
    release.dimensions.push_back({"år ikke", "X", Role::none, {{"k", "K", "", {}}}, {}});
    release.dimensions.push_back({"\"nr", "Y", Role::none, {{"l", "L", "", {}}}, {}});
    here.accept(release, "2018-04-01");
    release.dataset = "drop/a_table";
    here.accept(release, "2018-04-01");
    const auto first = here.all("SELECT name FROM pragma_table_info('data_drop_a_table')");
    release.dimensions.push_back({"nr_label", "Z", Role::none, {{"m", "M", "", {}}}, {}});
    here.accept(release, "2018-05-01");

    CHECK(here.all("SELECT dataset, view FROM datasets ORDER BY 1") ==
          "drop/a-table|data_drop_a_table\ndrop/a_table|data_drop_a_table_2\n");
    CHECK_THAT(first,
               Contains("series_id\nd_nr\nd_nr_label\nd_år_ikke\nd_år_ikke_label\nd__nr\nd__nr_label\nunit\n"));
    CHECK(here.all("SELECT d_nr, d_nr_label_2, value FROM data_drop_a_table_2 ORDER BY 2") ==
          "1|NULL|1.0\n1|m|1.0\n"); // the first series is still without the new dimension
    CHECK(here.wrong() == std::vector<std::string>());
}

TEST_CASE("a dataset of more dimensions than a view can join has none", "[store][views]")
{
    ViewsFixture here;
    auto release = release_of({"2016"}, {{"1", {"1"}}});
    for (int i = 0; i < 25; ++i)
        release.dimensions.push_back({fmt::format("d{}", i), "X", Role::none, {{"k", "K", "", {}}}, {}});
    here.accept(release, "2018-04-01");

    CHECK(here.all("SELECT view FROM datasets") == "NULL\n");
    CHECK(here.all("SELECT value FROM current_observation") == "1.0\n");
    CHECK(here.wrong() == std::vector<std::string>());
}

TEST_CASE("verify makes anew what views read, and finds what is otherwise", "[store][views]")
{
    ViewsFixture here;
    here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
    here.accept(release_of({"2016"}, {{"1", {"2"}}}), "2018-05-01");
    const auto found = [&](const std::string& damage) {
        here.tamper(damage);
        const auto all = here.wrong();
        return all.empty() ? "" : all.front();
    };
    CHECK(here.wrong().empty());
    CHECK_THAT(found("DROP VIEW data_drop_table"), Contains("drop/table: its view is not there"));
    CHECK_THAT(found("CREATE VIEW data_drop_table AS SELECT 7 AS value"),
               Contains("drop/table: its view is not there"));
    CHECK_THAT(found("UPDATE series_words SET label = 'Other'"), Contains("series_words of 1 series"));
    CHECK_THAT(found("UPDATE category_words SET label = 'Other'"), Contains("category_words are not"));
    here.tamper("UPDATE superseded SET next_vintage = 1");
    const auto all = here.wrong();
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& line) {
        return line.find("superseded does not say which of its rows comes after which") != std::string::npos;
    }));
}

TEST_CASE("who reads on from a number has every row, whatever is rolled back or killed in between", "[store][views]")
{
    for (unsigned order = 0; order < 8; ++order) {
        INFO("order " << order);
        std::mt19937 random(order);
        const TempDir folder;
        ManualClock clock("2020-01-01T12:00:00Z");
        Copy copy;
        for (int i = 0; i < 20; ++i) {
            const auto fate = random() % 4;
            if (fate == 0) {
                const auto child = ::fork();
                if (child == 0) { // killed in the middle of it
                    StoreSession store(folder.path(), StoreSession::Access::write, clock);
                    const StoreSession::Transaction open(store);
                    ingest_by_chance(store, clock, random, i);
                    ::_exit(0);
                }
                REQUIRE(child > 0);
                ::waitpid(child, nullptr, 0);
            } else {
                StoreSession store(folder.path(), StoreSession::Access::write, clock);
                if (fate == 1) {
                    const StoreSession::Transaction taken_back(store);
                    ingest_by_chance(store, clock, random, i);
                } else {
                    ingest_by_chance(store, clock, random, i);
                }
            }
            if (random() % 2 == 0 && std::filesystem::exists(folder / "skurd.db"))
                copy.read(folder.path());
        }
        copy.read(folder.path());
        std::string all;
        std::map<std::string, std::string> sorted;
        SqliteDatabase database(folder / "skurd.db", SqliteDatabase::Access::read);
        Statement row(database, "SELECT series_id, period, vintage_id, coalesce(CAST(value AS TEXT), status)"
                                " FROM observation_history");
        while (row.step())
            sorted[fmt::format("{}|{}|{}", row.integer(0), row.view(1), row.integer(2))] = row.text(3);
        for (const auto& [key, value] : sorted)
            all += key + "|" + value + "\n";
        CHECK(!all.empty());
        CHECK(copy.text() == all);
    }
}

// Rows of a large dataset stand in bands, and nobody who reads them notices.
#include "store/maintenance.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fstream>

using namespace skurd;
using namespace skurd::test;

namespace {

/// 1500 series of 20 years: as large as a release must be for a band of its own.
Release large_release(int base)
{
    Release release;
    release.dataset = "drop/large";
    release.label = "Large";
    release.time_dimension = "year";
    release.coverage = Coverage::full_history;
    for (int year = 2000; year < 2020; ++year)
        release.periods.push_back(Period::from_text(std::to_string(year)));
    release.dimensions = {{"nr", "Nr", Role::none, {}, {}}};
    for (int i = 0; i < 1500; ++i)
        release.dimensions[0].categories.push_back({fmt::format("{:04}", i), "", "", {}});
    for (std::int64_t i = 0; i < 1500 * 20; ++i)
        release.cells.push_back(Cell::of(Decimal(base + i, 1)));
    return release;
}

struct BandsFixture : StoreFixture {
    std::string bands() const
    {
        return sql(
            "SELECT group_concat(band || ':' || rows, ' ') FROM (SELECT band, count(*) AS rows FROM observation"
            " GROUP BY band ORDER BY band)");
    }
};

/// Bytes this process has handed to the system to be written.
std::uintmax_t written()
{
    std::ifstream in("/proc/self/io");
    std::uintmax_t bytes = 0;
    for (std::string word; in >> word;)
        if (word == "wchar:")
            in >> bytes;
    return bytes;
}

/// With what it takes to put the log into the database, which SQLite otherwise does after some releases for all.
std::uintmax_t cost_of_release(StoreFixture& fixture, int base, std::string_view day)
{
    const auto release = large_release(base);
    const auto before = written();
    fixture.accept(release, day);
    SqliteDatabase(fixture.folder / "skurd.db", SqliteDatabase::Access::write).exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return written() - before;
}

} // namespace

TEST_CASE("a release that revises everything begins a band; a small one goes on with the last", "[store]")
{
    BandsFixture here;
    here.accept(large_release(0), "2018-01-01");
    const auto first = here.bands();
    here.accept(large_release(7), "2018-02-01");
    auto one = large_release(7);
    one.cells[5] = Cell::of(Decimal(1, 1));
    here.accept(one, "2018-03-01");
    const auto third = here.bands();
    one.cells[6] = Cell::of(Decimal(1, 1));
    here.accept(one, "2018-04-01");

    CHECK(first == "0:30000");
    CHECK(third == "0:30000 1:30000 2:1");
    CHECK(here.bands() == "0:30000 1:30000 2:2");
    CHECK(here.read("drop/large{nr=0000}", {at("2018-01-31"), {}}).ends_with("0000/2019=1.9"));
    CHECK(here.read("drop/large{nr=0000}", {at("2018-02-28"), {}})
              .ends_with("0000/2005=1.2 0000/2006=1.3 "
                         "0000/2007=1.4 0000/2008=1.5 "
                         "0000/2009=1.6 0000/2010=1.7 "
                         "0000/2011=1.8 0000/2012=1.9 "
                         "0000/2013=2.0 0000/2014=2.1 "
                         "0000/2015=2.2 0000/2016=2.3 "
                         "0000/2017=2.4 0000/2018=2.5 "
                         "0000/2019=2.6"));
    CHECK(here.sql("SELECT value FROM current_observation WHERE dataset = 'drop/large' AND period = '2005'"
                   " AND series_id = (SELECT min(id) FROM series)") == "0.1");
    CHECK(here.sql("SELECT count(*) FROM current_observation WHERE dataset = 'drop/large'") == "30000");
    CHECK(here.sql("SELECT count(*) FROM observation_history WHERE dataset = 'drop/large'") == "60002");
    CHECK(here.sql("SELECT count(*) FROM observation_history WHERE published_to IS NULL") == "30000");
    CHECK(StoreMaintenance(here.store).verify().wrong.empty());
}

TEST_CASE("a late release has its rows where its id belongs, and those it restores stand with their own", "[store]")
{
    BandsFixture here;
    here.accept(large_release(0), "2018-01-01");
    here.accept(large_release(7), "2018-03-01");
    here.accept(large_release(7), "2018-05-01"); // confirms
    auto late = large_release(7);
    late.cells[0] = Cell::of(Decimal(99, 1));
    here.accept(late, "2018-04-01"); // so the confirmation becomes a vintage

    CHECK(here.read("drop/large{nr=0000}", {at("2018-04-30"), {}}).starts_with("0000/2000=9.9 "));
    CHECK(here.read("drop/large{nr=0000}").starts_with("0000/2000=0.7 "));
    CHECK(here.bands() == "0:30000 1:30001 2:1");
    CHECK(StoreMaintenance(here.store).verify().wrong.empty());
}

TEST_CASE("small datasets stay in one band", "[store]")
{
    BandsFixture here;
    for (int year = 1; year < 9; ++year)
        here.accept(release_of({"2016"}, {{"1", {std::to_string(year)}}}), fmt::format("201{}-01-01", year));
    CHECK(here.bands() == "0:8");
}

TEST_CASE("the tenth revision of everything writes no more than the first load", "[store]")
{
    BandsFixture here;
    const auto first = cost_of_release(here, 0, "2018-01-01");
    std::uintmax_t last = 0;
    for (int i = 1; i < 10; ++i)
        last = cost_of_release(here, i, fmt::format("2018-02-{:02}", i));
    INFO(first << " and " << last);
    CHECK(first > 0);
    CHECK(last < first * 6 / 5);
}

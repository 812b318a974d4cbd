#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("a release that arrives late is put in its place, and what the later ones said does not change", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "8"}}}), "2016-04-01");
    fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "9"}}}), "2019-04-01");
    const auto seen_before = fixture.clock.now();

    const auto late = fixture.accept(release_of({"2016"}, {{"1", {"3"}}}), "2018-06-01");

    REQUIRE(late.vintage);
    CHECK(late.late);
    CHECK(late.vintage->origin == Origin::import);
    CHECK(late.counts.rows == 1);
    CHECK(late.counts.restored == 1); // 2016 in the release of 2019, which had no need of a row
    CHECK(fixture.read() == "1/2016=1 1/2017=9");
    CHECK(fixture.read("drop/table", {at("2019-03-31"), {}}) == "1/2016=3 1/2017=8");
    CHECK(fixture.read("drop/table", {at("2018-05-31"), {}}) == "1/2016=1 1/2017=8");
    CHECK(fixture.read("drop/table", {at("2019-03-31"), seen_before}) == "1/2016=1 1/2017=8");
}

TEST_CASE("a late release stays in force where no later one speaks of its cells", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "2"}}}), "2017-04-01");
    fixture.accept(release_of({"2018"}, {{"1", {"3"}}}, Coverage::complete_selection), "2019-04-01");

    const auto late = fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "7"}}}), "2018-04-01");

    CHECK(late.counts.restored == 0);
    CHECK(fixture.read() == "1/2016=1 1/2017=7 1/2018=3");
    const auto next = fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "7"}}}), "2019-05-01");
    CHECK(!next.vintage); // what is compared with is what the late release left
}

TEST_CASE("a confirmation becomes a vintage when a late release comes between", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2017-04-01");
    const auto confirmed = fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2019-04-01");
    const auto late = fixture.accept(release_of({"2016"}, {{"1", {"2"}}}), "2018-04-01");

    CHECK(!confirmed.vintage);
    CHECK(late.counts.restored == 1);
    CHECK(fixture.read() == "1/2016=1");
    CHECK(fixture.read("drop/table", {at("2018-12-31"), {}}) == "1/2016=2");
    const auto vintages = VintageStore(fixture.store).list("drop/table");
    REQUIRE(vintages.size() == 3);
    CHECK(vintages[2].published.published_at == at("2019-04-01"));
    CHECK(vintages[2].origin == Origin::drop);
}

TEST_CASE("what a later complete release leaves out is withdrawn by it, though it came late", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", ""}}}, Coverage::complete_selection), "2019-04-01");
    const auto late = fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "2"}}}), "2018-04-01");

    CHECK(late.counts.restored == 1); // 2017; for 2016 the later release has a row of its own
    CHECK(fixture.read("drop/table", {at("2018-12-31"), {}}) == "1/2016=1 1/2017=2");
    CHECK(fixture.read() == "1/2016=1 1/2017=withdrawn");
}

TEST_CASE("the same bytes under an older date were published then too, under the same date they are nothing new",
          "[store]")
{
    StoreFixture fixture;
    const auto release = release_of({"2016"}, {{"1", {"1"}}});
    const auto payload = fixture.new_payload();
    const auto accept = [&](std::string_view time) {
        return VintageStore(fixture.store).ingest(release, published(time), Origin::drop, payload, 0);
    };
    accept("2018-04-01");
    const auto again = accept("2018-04-01");
    const auto earlier = accept("2017-01-01");

    CHECK_FALSE(again.vintage);
    CHECK(again.counts.cells == 1);
    CHECK(earlier.vintage);
    CHECK(fixture.read("drop/table", {at("2017-06-01"), {}}) == "1/2016=1");
}

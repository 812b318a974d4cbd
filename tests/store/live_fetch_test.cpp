// Where what a source says now is placed, and what else comes among such fetches: src/version/README.md.
#include "store/maintenance.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

/// A store at noon of 1 January 2020 that fetches a table.
struct Source : StoreFixture {
    IngestResult fetch(const Release& release, const PublicationClaim& claim, const Arrival& arrival = {},
                       const IngestRules& rules = {})
    {
        clock.advance(hours(1));
        return VintageStore(store).ingest(release, claim, Origin::harvest, new_payload(), 0, rules, arrival);
    }

    IngestResult fetch(const std::string& number, const std::string& claim, const Arrival& arrival = {},
                       const IngestRules& rules = {})
    {
        return fetch(release_of({"2016"}, {{"1", {number}}}), published(claim), arrival, rules);
    }

    std::string as_of(std::string_view time) { return read("drop/table", {at(time), {}}); }

    std::vector<std::string> findings() { return StoreMaintenance(store).verify().wrong; }
};

PublicationClaim unclaimed()
{
    return {Time(), "received", Confidence::arrival};
}

std::string placed(const IngestResult& result)
{
    return fmt::format("{} {} ({})", format_time(result.placed.published_at), to_string(result.placed.confidence),
                       result.placed.field);
}

IngestRules scheduled()
{
    IngestRules rules;
    rules.ordered_by = OrderedBy::schedule;
    return rules;
}

Release years(const std::vector<std::string>& periods)
{
    std::vector<std::string> numbers;
    numbers.reserve(periods.size());
    for (const auto& period : periods)
        numbers.push_back(period.substr(0, 4));
    return release_of(periods, {{"1", numbers}}, Coverage::full_history);
}

} // namespace

TEST_CASE("a fetch is placed at its claim where that is later than what it replaces", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    const auto second = source.fetch("2", "2018-02-01");

    CHECK(placed(second) == "2018-02-01T00:00:00Z stated (test)");
    CHECK(second.claim == ClaimFinding::none);
    CHECK(source.as_of("2018-01-31") == "1/2016=1");
    CHECK(source.as_of("2018-02-01") == "1/2016=2");
}

TEST_CASE("other numbers under the same date are placed at their arrival and noted as restated", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    const auto restated = source.fetch("2", "2018-01-01");
    const auto back = source.fetch("1", "2018-01-01");

    CHECK(placed(restated) == "2020-01-01T14:00:00Z arrival (received)");
    CHECK(restated.claim == ClaimFinding::restated);
    CHECK(back.vintage);
    CHECK(source.read() == "1/2016=1");
    CHECK(source.as_of("2019-01-01") == "1/2016=1");
    CHECK(source.as_of("2020-01-01T14:30:00Z") == "1/2016=2");
    CHECK(source.sql("SELECT group_concat(claimed_at || ' ' || published_at, ', ') FROM vintage") ==
          "2018-01-01T00:00:00Z 2018-01-01T00:00:00Z, 2018-01-01T00:00:00Z 2020-01-01T14:00:00Z, "
          "2018-01-01T00:00:00Z 2020-01-01T15:00:00Z");
    CHECK(source.findings() == std::vector<std::string>());
}

TEST_CASE("new numbers under an earlier date are current, and the date is odd", "[store]")
{
    Source source;
    source.fetch("1", "2018-02-01");
    const auto older = source.fetch("2", "2018-01-01");

    CHECK(older.claim == ClaimFinding::older);
    CHECK(placed(older) == "2020-01-01T14:00:00Z arrival (received)");
    CHECK(source.read() == "1/2016=2");
    CHECK(source.as_of("2018-06-01") == "1/2016=1");
}

TEST_CASE("a claim later than the arrival is none, by our clock and by the server's", "[store]")
{
    Source source;
    const auto ours = source.fetch("1", "2020-01-01T13:00:01Z");
    const auto theirs = source.fetch("2", "2020-01-01T13:30:00Z", {.dated_at = at("2020-01-01T13:20:00Z")});

    CHECK(placed(ours) == "2020-01-01T13:00:00Z arrival (received)");
    CHECK(ours.claim == ClaimFinding::ahead);
    CHECK(placed(theirs) == "2020-01-01T13:20:00Z arrival (received)");
    CHECK(theirs.claim == ClaimFinding::ahead);
    CHECK(source.sql("SELECT claimed_at FROM vintage ORDER BY id") == "2020-01-01T13:00:01Z");
}

TEST_CASE("two fetches at one instant stand in the order of their arrival", "[store]")
{
    Source source;
    source.fetch("1", "2020-01-01T13:00:00Z");
    source.clock.set(at("2020-01-01T12:00:00Z"));
    const auto second = source.fetch("2", "2020-01-01T13:00:00Z");

    CHECK(placed(second) == "2020-01-01T13:00:00Z arrival (received)");
    CHECK(source.read() == "1/2016=2");
}

TEST_CASE("a correction is placed when the source says it modified the data, never at the publication before",
          "[store]")
{
    Source source;
    const PublicationClaim modified{at("2019-05-01"), "modifiedAt", Confidence::modified};
    const auto first = source.fetch("1", "2018-01-01", {.modified = modified});
    const auto corrected = source.fetch(
        "2", "2018-01-01", {.modified = PublicationClaim{at("2019-06-01"), "modifiedAt", Confidence::modified}});

    CHECK(placed(first) == "2018-01-01T00:00:00Z stated (test)");
    CHECK(placed(corrected) == "2019-06-01T00:00:00Z modified (modifiedAt)");
    CHECK(source.as_of("2019-05-31") == "1/2016=1");
    CHECK(source.sql("SELECT claimed_at || ' ' || published_field FROM vintage ORDER BY id DESC") ==
          "2018-01-01T00:00:00Z modifiedAt");
}

TEST_CASE("a fetch that says what stands moves nothing, whatever it claims", "[store]")
{
    Source source;
    source.fetch("1", "2018-02-01");
    const auto same = source.fetch("1", "2018-01-01");
    source.fetch(release_of({"2016"}, {{"1", {"1"}}}), unclaimed());
    const auto next = source.fetch("2", "2018-03-01");

    CHECK(!same.vintage);
    CHECK(same.claim == ClaimFinding::none);
    CHECK(source.sql("SELECT group_concat(published_at) FROM confirmation") ==
          "2018-02-01T00:00:00Z,2018-02-01T00:00:00Z");
    CHECK(placed(next) == "2018-03-01T00:00:00Z stated (test)");
}

TEST_CASE("a fetch that only adds cells nobody asked for belongs to the release the others are of", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    const auto wider = source.fetch(release_of({"2016"}, {{"1", {"1"}}, {"2", {"5"}}}), published("2018-01-01"));
    const auto other = source.fetch(release_of({"2016"}, {{"3", {"7"}}}), published("2017-01-01"));

    CHECK(placed(wider) == "2018-01-01T00:00:00Z stated (test)");
    CHECK(wider.claim == ClaimFinding::none);
    CHECK(placed(other) == "2017-01-01T00:00:00Z stated (test)"); // overlaps nothing
    CHECK(source.as_of("2018-01-01") == "1/2016=1 2/2016=5 3/2016=7");
    CHECK(source.findings() == std::vector<std::string>());
}

TEST_CASE("a scheduled fetch that says what was said before is held until another says so ten minutes later",
          "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    source.fetch("2", "2018-02-01");
    const auto ask = [&](minutes later) {
        source.clock.advance(later - hours(1));
        return message_of([&] { source.fetch("1", "2018-01-01", {}, scheduled()); });
    };
    const auto first = ask(minutes(60));
    const auto too_soon = ask(minutes(9));
    const auto held = source.read();
    const auto second = ask(minutes(1));

    CHECK_THAT(first, Contains("says again what the release published 2018-01-01 said"));
    CHECK_FALSE(too_soon.empty());
    CHECK(held == "1/2016=2");
    CHECK(second == "");
    CHECK(source.read() == "1/2016=1");
}

TEST_CASE("a held fetch is forgotten when the source says again what stands", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    source.fetch("2", "2018-02-01");
    const auto first = message_of([&] { source.fetch("1", "2018-01-01", {}, scheduled()); });
    source.fetch("2", "2018-02-01", {}, scheduled());
    const auto much_later = message_of([&] { source.fetch("1", "2018-01-01", {}, scheduled()); });

    CHECK_FALSE(first.empty());
    CHECK_FALSE(much_later.empty());
}

TEST_CASE("a held fetch that is accepted keeps the time at which it was seen", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    const auto held = source.clock.now() + minutes(10);
    const auto accepted = source.fetch("2", "2018-02-01", {.held_since = held});

    REQUIRE(accepted.vintage);
    CHECK(accepted.vintage->observed_at == held);
    CHECK(source.read() == "1/2016=2");
}

TEST_CASE("a held fetch that is accepted after a later one is placed where it claims, and is not current", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01");
    const auto held = source.clock.now() + minutes(10);
    source.fetch("3", "2018-03-01");
    const auto accepted = source.fetch("2", "2018-02-01", {.held_since = held});

    CHECK(placed(accepted) == "2018-02-01T00:00:00Z stated (test)");
    CHECK(accepted.late);
    CHECK(source.as_of("2018-02-15") == "1/2016=2");
    CHECK(source.read() == "1/2016=3");
    CHECK(source.findings() == std::vector<std::string>());
}

TEST_CASE("what was accepted late holds only until a fetch that had confirmed the older number", "[store]")
{
    Source source;
    source.fetch("1", "2018-01-01"); // seen on 1 January 2020 at 13:00
    const auto file = source.accept(release_of({"2016", "2017"}, {{"1", {"2", "7"}}}), "2018-02-01");

    CHECK(file.counts.restored == 1);
    CHECK(source.as_of("2018-02-15") == "1/2016=2 1/2017=7");
    CHECK(source.as_of("2020-01-01T12:59:59Z") == "1/2016=2 1/2017=7");
    CHECK(source.as_of("2020-01-01T13:00:00Z") == "1/2016=1 1/2017=7");
    CHECK(source.read() == "1/2016=1 1/2017=7");
    CHECK(source.findings() == std::vector<std::string>());
    source.fetch("4", "2018-01-01");
    CHECK(source.read() == "1/2016=4 1/2017=7");
}

TEST_CASE("a cell that a complete fetch did not have is gone again after a file had it", "[store]")
{
    Source source;
    source.fetch(release_of({"2016", "2017"}, {{"1", {"1", ""}}}, Coverage::complete_selection),
                 published("2018-01-01"));
    source.accept(release_of({"2017"}, {{"1", {"7"}}}), "2018-02-01");

    CHECK(source.as_of("2018-02-15") == "1/2016=1 1/2017=7");
    CHECK(source.read() == "1/2016=1 1/2017=withdrawn");
    CHECK(source.findings() == std::vector<std::string>());
}

TEST_CASE("periods that leave the window of a full history stay as they were, and that is said once", "[store]")
{
    Source source;
    source.fetch(years({"2016", "2017", "2018"}), published("2018-01-01"));
    const auto moved = source.fetch(years({"2017", "2018", "2019"}), published("2019-01-01"));
    const auto same = source.fetch(years({"2017", "2018", "2019"}), published("2019-02-01"));
    const auto again = source.fetch(years({"2019", "2020"}), published("2020-01-01"));

    CHECK(moved.counts.withdrawn == 0);
    CHECK(moved.no_longer_offered == std::vector<std::string>{"2016"});
    CHECK(same.no_longer_offered.empty());
    CHECK(again.no_longer_offered == std::vector<std::string>{"2017", "2018"});
    CHECK(source.read() == "1/2016=2016 1/2017=2017 1/2018=2018 1/2019=2019 1/2020=2020");
    CHECK(source.findings() == std::vector<std::string>());
}

TEST_CASE("a period that a full history lacks in the middle, at its end or altogether is withdrawn under its guard",
          "[store]")
{
    struct {
        const char* what;
        std::vector<std::string> left;
    } const rows[] = {{"middle", {"2016", "2018"}}, {"end", {"2016", "2017"}}, {"all", {"2020", "2021", "2022"}}};
    for (const auto& row : rows) {
        INFO(row.what);
        Source source;
        IngestRules agreed;
        agreed.agreement.withdrawals = true;
        source.fetch(years({"2016", "2017", "2018"}), published("2018-01-01"));
        const auto held = message_of([&] { source.fetch(years(row.left), published("2019-01-01")); });
        const auto accepted = source.fetch(years(row.left), published("2019-01-01"), {}, agreed);

        CHECK_THAT(held, Contains("are gone from this complete release"));
        CHECK(accepted.counts.withdrawn > 0);
        CHECK(accepted.no_longer_offered.empty());
        CHECK(source.findings() == std::vector<std::string>());
    }
}

TEST_CASE("years leave the window of years, whatever spans the release has", "[store]")
{
    Source source;
    source.fetch(years({"2016", "2017", "2014-2016"}), published("2018-01-01"));
    const auto moved = source.fetch(years({"2017", "2018", "2014-2016"}), published("2019-01-01"));

    CHECK(moved.counts.withdrawn == 0);
    CHECK(moved.no_longer_offered == std::vector<std::string>{"2016"});
}

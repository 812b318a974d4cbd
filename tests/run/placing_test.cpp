// What a run tells of where its release was placed, and when a fetch is held.
#include "evaluate/source_flags.hpp"
#include "query/quarantine.hpp"
#include "run/retry.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/quarantine_store.hpp"
#include "tests/run/fake_source.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A source whose third release is dated before the second.
struct GoneBack : FakeJob {
    GoneBack()
    {
        harvest();
        fetcher.table = {5, {"21", "22", "23", "24"}};
        harvest();
    }

    Run harvest_older(const RunOptions& options = {})
    {
        fetcher.table = {3, {"31", "32", "33", "34"}};
        return harvest(options);
    }

    std::vector<Flag> flags(FlagKind kind)
    {
        std::vector<Flag> found;
        for (const auto& flag : FlagStore(store).list(Ended::left_out))
            if (flag.kind == kind)
                found.push_back(flag);
        return found;
    }
};

RunOptions scheduled()
{
    RunOptions options;
    options.ordered_by = OrderedBy::schedule;
    return options;
}

} // namespace

TEST_CASE("numbers dated before those they replace are current, and flagged until a date is in order", "[run]")
{
    GoneBack here;
    const auto run = here.harvest_older();
    const auto raised = here.flags(FlagKind::clock);
    here.fetcher.table = {900, {"41", "42", "43", "44"}};
    const auto next = here.harvest();

    CHECK(run.outcome == RunOutcome::new_vintage);
    CHECK_THAT(run.message, Contains("published 2020-01-01"));
    CHECK_THAT(run.message, Contains("the source dates it before the numbers it replaces (version 2018-01-04"));
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].key == "clock/fake");
    CHECK_THAT(raised[0].text_en, Contains("fake/table: the source dates new numbers 2018-01-04T00:00:00Z"));
    CHECK_THAT(next.message, Contains("the source dates it later than it came"));
    here.fetcher.table = {730, {"51", "52", "53", "54"}};
    here.clock.set(at("2020-02-01"));
    here.fetcher.table.version = 760; // 31 January 2020
    here.harvest();
    CHECK(here.flags(FlagKind::clock).empty());
}

TEST_CASE("a scheduled run that gets what an earlier release said fails, and the next one is believed", "[run]")
{
    GoneBack here;
    here.fetcher.table = {1, {"11", "12", "13", "14"}};
    const auto held = here.harvest(scheduled());
    const auto next = here.harvest(scheduled());

    CHECK(held.outcome == RunOutcome::failed);
    CHECK_THAT(held.message, Contains("a stale cache?"));
    CHECK(next.outcome == RunOutcome::new_vintage);
    CHECK(QuarantineStore(here.store).list().empty());
    CHECK(here.read("fake/table") == "1/2018=11 2/2018=12 3/2018=13 4/2018=14");
}

TEST_CASE("a run that a person orders is believed at once, though the source went back", "[run]")
{
    GoneBack here;
    here.fetcher.table = {1, {"11", "12", "13", "14"}};
    const auto run = here.harvest();

    CHECK(run.outcome == RunOutcome::new_vintage);
    CHECK(here.read("fake/table") == "1/2018=11 2/2018=12 3/2018=13 4/2018=14");
}

TEST_CASE("a retry keeps the time at which the payload was fetched", "[run]")
{
    GoneBack here;
    here.fetcher.table = {10, {"0", "0", "0", "0"}};
    here.harvest();
    const auto fetched = here.clock.now();
    here.clock.advance(std::chrono::hours(5));
    const auto held = QuarantineStore(here.store).list().at(0);
    retry_quarantined(here.job, here.tools(), held, {.agreement = agree_to_all}, "Kari");

    CHECK(held.at == fetched);
    CHECK(here.vintages().back().observed_at == fetched);
    CHECK(here.read("fake/table") == "1/2018=0 2/2018=0 3/2018=0 4/2018=0");
}

TEST_CASE("a retry after the source went back to what was there is not current, and the job goes on from there",
          "[run]")
{
    GoneBack here;
    const auto before = here.fetcher.table;
    here.fetcher.table = {10, {"0", "0", "0", "0"}};
    here.harvest();
    const auto held = QuarantineStore(here.store).list().at(0);
    here.fetcher.table = before;
    CHECK(here.harvest().message == "still version 5");
    const auto state = JobStore(here.store).state("fake");
    const auto run = retry_quarantined(here.job, here.tools(), held, {.agreement = agree_to_all}, "Kari");

    CHECK(run.outcome == RunOutcome::new_vintage);
    CHECK(here.read("fake/table", {at("2018-01-20"), {}}) == "1/2018=0 2/2018=0 3/2018=0 4/2018=0");
    CHECK(here.read("fake/table") == "1/2018=21 2/2018=22 3/2018=23 4/2018=24");
    CHECK(JobStore(here.store).state("fake") == state);
}

TEST_CASE("a file that came since does not stay current because the source says that nothing changed", "[run]")
{
    FakeJob here;
    here.harvest();
    auto file = release_of({"2018"}, {{"1", {"99"}}});
    file.dataset = "fake/table";
    file.time_dimension = "year";
    here.accept(file, "2020-01-01T13:30:00Z");
    const auto asked = here.fetcher.asked;
    const auto after = here.harvest();
    CAPTURE(after.message);
    const auto quiet = here.harvest();

    CHECK(after.outcome == RunOutcome::new_vintage);
    CHECK(here.fetcher.asked == asked + 3);
    CHECK(quiet.message == "still version 1");
    CHECK(here.read("fake/table") == "1/2018=11 2/2018=12 3/2018=13 4/2018=14");
    CHECK(here.read("fake/table", {at("2020-01-01T14:30:00Z"), {}}) == "1/2018=99 2/2018=12 3/2018=13 4/2018=14");
}

TEST_CASE("a file of other numbers costs one whole fetch, and no more", "[run]")
{
    FakeJob here;
    here.harvest();
    auto file = release_of({"2016"}, {{"1", {"9"}}});
    file.dataset = "fake/table";
    here.accept(file, "2020-01-01T13:30:00Z");
    const auto after = here.harvest();
    CAPTURE(after.message);
    const auto asked = here.fetcher.asked;
    here.harvest();

    CHECK(after.outcome == RunOutcome::nothing_new);
    CHECK(here.fetcher.asked == asked + 1);
}

TEST_CASE("periods that the source no longer offers are told in the run and flagged", "[run]")
{
    GoneBack here;
    IngestResult result;
    result.no_longer_offered = {"2016", "2017"};
    const PublicationClaim claim{at("2018-01-01"), "updated", Confidence::stated};
    flag_placing(here.store, "fake", "fake/table", claim, result, here.clock.now());
    result.no_longer_offered.clear();
    flag_placing(here.store, "fake", "fake/table", claim, result, here.clock.now());

    const auto raised = here.flags(FlagKind::window);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].text_en == "fake/table: the source no longer offers 2016, 2017; what it said of them stands");
}

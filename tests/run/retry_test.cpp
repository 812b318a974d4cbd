#include "query/quarantine.hpp"
#include "run/retry.hpp"

#include "run/run_record.hpp"
#include "store/job_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "tests/run/fake_source.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A job whose second release looks like a slip of the source, and waits in quarantine.
struct Refused : FakeJob {
    Refused()
    {
        REQUIRE(harvest().outcome == RunOutcome::new_vintage);
        fetcher.table = {2, {"0", "0", "0", "0"}};
        refused = harvest();
        REQUIRE(refused.outcome == RunOutcome::failed);
    }

    Run retry(const Agreement& agreement = agree_to_all)
    {
        clock.advance(std::chrono::hours(1));
        const auto held = find_quarantined(store, 1);
        return retry_quarantined(job, tools(), held, {.agreement = agreement}, "Kari");
    }

    Run refused;
};

} // namespace

TEST_CASE("after a retry the job goes on from the release that was retried", "[run]")
{
    Refused here;
    const auto retried = here.retry();
    const auto asked = here.fetcher.asked;
    const auto later = here.harvest();
    const auto vintages = here.vintages();

    INFO(retried.message << "\n" << later.message);
    REQUIRE(retried.outcome == RunOutcome::new_vintage);
    CHECK(later.outcome == RunOutcome::nothing_new);
    CHECK(later.message == "still version 2");
    CHECK(here.fetcher.asked == asked + 1);
    REQUIRE(vintages.size() == 2);
    CHECK(vintages[1].id == retried.vintage);
    CHECK(vintages[1].last_confirmed_at == here.clock.now());
    CHECK(vintages[0].last_confirmed_at < vintages[1].last_confirmed_at);
    CHECK(JobStore(here.store).state("fake").newest_vintage == retried.vintage);
}

TEST_CASE("a retry decodes with what the connector remembered when the payload was fetched", "[run]")
{
    Refused here;
    JobState changed = JobStore(here.store).state("fake");
    changed.connector["version"] = "7";
    JobStore(here.store).store_state("fake", changed);

    CHECK_THAT(here.retry().message, Contains("before it: version 1"));
    CHECK(JobStore(here.store).state("fake").connector == ConnectorState{{"version", "2"}});
}

TEST_CASE("a retry that fails changes nothing of what the job remembers, and its run is closed", "[run]")
{
    Refused here;
    const auto before = JobStore(here.store).state("fake");
    const auto retried = here.retry(Agreement{});

    CHECK(retried.outcome == RunOutcome::failed);
    CHECK_THAT(retried.message, Contains("became zero"));
    CHECK(JobStore(here.store).state("fake") == before);
    CHECK(QuarantineStore(here.store).list().size() == 1);
    CHECK(RunStore(here.store).list("", 1).front().finished_at.has_value());
}

TEST_CASE("a run whose work is cut off by an exception leaves a record that is closed", "[run]")
{
    FakeJob here;
    {
        RunRecord record(here.store, here.clock, "fake");
        record.open();
    }
    const auto runs = RunStore(here.store).list("", 10);
    REQUIRE(runs.size() == 1);
    CHECK(runs[0].outcome == RunOutcome::failed);
    CHECK(runs[0].finished_at == here.clock.now());
}

TEST_CASE("a run that has nothing to record, and a dry run, leave no record", "[run]")
{
    FakeJob here;
    RunRecord(here.store, here.clock, "fake").close();
    CHECK(here.harvest({.effect = Effect::dry_run}).outcome == RunOutcome::nothing_new);
    CHECK(RunStore(here.store).list("", 10).empty());
    CHECK(here.vintages().empty());
    CHECK(JobStore(here.store).state("fake") == JobState{});
}

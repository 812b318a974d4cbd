// What a run did for the due time that it was owed to.
#include "run/run_record.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "tests/run/fake_source.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;

namespace {

RunOptions scheduled()
{
    RunOptions options;
    options.ordered_by = OrderedBy::schedule;
    return options;
}

} // namespace

TEST_CASE("a run has met what was due once its source has answered, with news, without, or with what is refused",
          "[run]")
{
    FakeJob here;
    const auto first = here.harvest(scheduled());
    const auto unchanged = here.harvest(scheduled());
    here.fetcher.table.version = 2;
    here.fetcher.table.unit = "1000 kroner";
    const auto drifted = here.harvest(scheduled());

    CHECK(first.outcome == RunOutcome::new_vintage);
    CHECK(first.due_result == DueResult::met);
    CHECK(unchanged.outcome == RunOutcome::nothing_new);
    CHECK(unchanged.due_result == DueResult::met);
    CHECK(drifted.outcome == RunOutcome::failed);
    CHECK(drifted.due_result == DueResult::met);
    CHECK(QuarantineStore(here.store).list().size() == 1);
}

TEST_CASE("a run has not met it where the source gives no answer, or none that can be trusted now", "[run]")
{
    FakeJob here;
    here.fetcher.failure = "no response";
    const auto failed = here.harvest(scheduled());
    here.fetcher.failure.clear();
    here.job.blackout.emplace(BlackoutHours{0min, 1440min, "UTC"});
    const auto deferred = here.harvest(scheduled());

    CHECK(failed.outcome == RunOutcome::failed);
    CHECK(failed.due_result == DueResult::failed);
    CHECK(deferred.outcome == RunOutcome::nothing_new);
    CHECK(deferred.due_result == DueResult::deferred);
}

TEST_CASE("a run that is told to stop is neither a failure nor a success of its job", "[run]")
{
    FakeJob here;
    here.harvest(scheduled());
    here.fetcher.failure = "stopped";
    here.clock.advance(1h);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = run_job(here.job, here.tools(), scheduled(), stop.get_token()).front();
    const auto health = RunStore(here.store).health();

    CHECK(stopped.outcome == RunOutcome::stopped);
    CHECK(stopped.due_result == DueResult::stopped);
    REQUIRE(health.size() == 1);
    CHECK(health[0].failures_in_row == 0);
    CHECK(health[0].last->outcome == RunOutcome::stopped);
    CHECK(health[0].last_success);
    CHECK(*health[0].last_success < stopped.finished_at);
}

TEST_CASE("a person's forced run asks a source that wanted to be left alone, a scheduled one does not", "[run]")
{
    FakeJob here;
    RunOptions forced;
    forced.fetch = FetchPolicy::always;
    auto by_timer = forced;
    by_timer.ordered_by = OrderedBy::schedule;
    here.harvest(by_timer);
    here.harvest({});
    CHECK(here.fetcher.holds_lifted == 0);
    here.harvest(forced);
    CHECK(here.fetcher.holds_lifted == 1);
}

TEST_CASE("what ended the program twice is not begun a third time, unless a person wants it", "[run]")
{
    FakeJob here;
    const auto first = here.harvest(scheduled());
    const auto payload = RunStore(here.store).payloads(first.id).back();
    const auto is_cut_off = [&] {
        RunStore(here.store).add_payload(RunStore(here.store).start("fake"), {payload});
        RunStore(here.store).close_interrupted();
    };
    here.fetcher.table.version = 2; // of the very same bytes
    is_cut_off();
    is_cut_off();
    CHECK(RunStore(here.store).cut_off_in_row("fake", payload) == 2);
    const auto third = here.harvest(scheduled());
    CHECK(third.outcome == RunOutcome::failed);
    CHECK(third.message.starts_with("the program ended 2 times while it was at this"));
    CHECK(third.due_result == DueResult::met); // it is in quarantine, for a person
    CHECK(QuarantineStore(here.store).list().size() == 1);

    is_cut_off();
    is_cut_off();
    CHECK(here.harvest().outcome != RunOutcome::failed);
    CHECK(RunStore(here.store).cut_off_in_row("fake", payload) == 0);
}

TEST_CASE("what a run quotes of names from outside stays on one line of printable text", "[run]")
{
    FakeJob here;
    RunRecord record(here.store, here.clock, "fake");
    record.open();
    record.run().outcome = RunOutcome::failed;
    record.run().message = "a\n2026-01-01 info: forged\x1b[31m.csv";
    CHECK(record.close().message == "a 2026-01-01 info: forged [31m.csv");
    CHECK(RunStore(here.store).list("fake", 1).at(0).message == "a 2026-01-01 info: forged [31m.csv");
}

// What a replay leaves behind beside its vintages: the run's record and what the job remembers.
#include "run/replay.hpp"
#include "store/job_store.hpp"
#include "store/run_store.hpp"
#include "tests/run/fake_source.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A job with one vintage, whose connector was changed since to read each number otherwise.
struct Changed : FakeJob {
    explicit Changed(const std::string& ending)
    {
        REQUIRE(harvest().outcome == RunOutcome::new_vintage);
        job.connector = std::make_unique<FakeConnector>(ending);
    }

    Replayed accept(const Agreement& agreement = {})
    {
        clock.advance(std::chrono::hours(1));
        const auto all = replay(job, tools(), {ReplayOptions::Action::accept, agreement}, {});
        REQUIRE(all.size() == 1);
        return all.front();
    }
};

} // namespace

TEST_CASE("after an accepted replay the job confirms what was accepted", "[run]")
{
    Changed here(".5");
    const auto replayed = here.accept();
    const auto later = here.harvest();
    const auto vintages = here.vintages();

    INFO(replayed.failure);
    REQUIRE(replayed.new_vintage);
    CHECK(replayed.differences.size() == 4);
    CHECK(later.message == "still version 1");
    REQUIRE(vintages.size() == 2);
    CHECK(vintages[1].id == replayed.new_vintage);
    CHECK(vintages[1].last_confirmed_at == here.clock.now());
    CHECK(vintages[0].last_confirmed_at < here.clock.now());
}

TEST_CASE("a replay that looks like a slip is refused in a closed record, until a person agrees", "[run]")
{
    Changed here("0");
    const auto refused = here.accept();
    const auto run = RunStore(here.store).list("", 1).front();
    const auto agreed = here.accept({.anomalies = true});

    CHECK_THAT(refused.failure, Contains("suspicious"));
    CHECK_FALSE(refused.new_vintage);
    CHECK(run.outcome == RunOutcome::failed);
    CHECK(run.finished_at.has_value());
    CHECK(agreed.failure == "");
    CHECK(agreed.new_vintage);
}

#include "query/status.hpp"

#include "model/evaluation_state.hpp"
#include "store/commit_store.hpp"
#include "store/run_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

JobStatus job_of(const char* id)
{
    JobStatus job;
    job.job = id;
    return job;
}

void run(StoreFixture& here, const char* job, RunOutcome outcome, const char* message)
{
    Run run;
    run.job = job;
    run.id = RunStore(here.store).start(job);
    run.started_at = here.clock.now();
    run.finished_at = here.clock.now();
    run.outcome = outcome;
    run.message = message;
    RunStore(here.store).finish(run);
}

} // namespace

TEST_CASE("all is well where nothing failed and the numbers are judged", "[query]")
{
    QueryFixture here;
    run(here, "tall", RunOutcome::nothing_new, "the same");
    VerdictStore(here.store).store_evaluation_state({CommitStore(here.store).newest(), here.catalogue.hash});
    const auto found =
        status(here.store, here.folder.path(), {{job_of("tall"), job_of("new")}, {}, {}}, here.catalogue);
    CHECK(found.wrong.empty());
    CHECK(found.vintages == 2);
    CHECK(found.jobs.at(0).health.last->message == "the same");
    CHECK_FALSE(found.jobs.at(1).health.last);
}

TEST_CASE("what is wrong is told in order: the numbers, the job files, the runs, the drop folders", "[query]")
{
    QueryFixture here;
    run(here, "tall", RunOutcome::failed, "no answer");
    run(here, "off", RunOutcome::failed, "no answer");
    auto off = job_of("off");
    off.enabled = false;
    const auto found = status(here.store, here.folder.path(),
                              {{job_of("tall"), off}, {"x.toml:1: unknown key"}, {"drop/y.csv"}}, here.catalogue);
    CHECK(found.wrong == std::vector<std::string>{
                             "the newest numbers are not judged by today's catalogue: run `skurd harvest --due`",
                             "x.toml:1: unknown key", "tall: failed 1 in a row: no answer",
                             "drop/y.csv: no job matches this file (see the patterns in the job files)"});
}

TEST_CASE("an installation without a store says how to make one", "[query]")
{
    const auto found = status_without_store("/state", {{job_of("tall")}, {}, {}});
    CHECK(found.wrong == std::vector<std::string>{"no store yet at /state: run `skurd harvest --all`"});
    CHECK(found.jobs.size() == 1);
}

// The schedule of an installation: over job files and the store.
#include "daemon/schedule.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/due_store.hpp"
#include "store/job_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <map>
#include <utility>

using namespace skurd;
using skurd::test::ManualClock;
using skurd::test::TempDir;

namespace {

ReadyJob job(const std::string& id, const std::string& more)
{
    const auto text = "[job]\nconnector = \"drop\"\n" + more +
                      "\n[source]\nfiles = \"x\"\n[layout]\nperiods = \"x\"\n[[layout.series]]\ncolumn = \"nr\"\n";
    return make_job(text, id + ".toml", id, "drop");
}

ReadyJob polled(const std::string& id, const std::string& more)
{
    const auto text = "[job]\nconnector = \"ssb\"\n" + more +
                      "\n[source]\ntable = \"07459\"\n[source.select]\nTid = [\"*\"]\nContentsCode = [\"*\"]\n";
    return make_job(text, id + ".toml", id, "drop");
}

std::string ids(const std::vector<const ReadyJob*>& jobs)
{
    std::string text;
    for (const auto* each : jobs)
        text += each->job.id + " ";
    return text;
}

std::string next_of(const Schedule& schedule, Time now)
{
    const auto next = schedule.next(now);
    return next ? format_time(*next) : "never";
}

void record_run(StoreSession& store, const std::string& name, Time now)
{
    Run run;
    run.job = name;
    run.started_at = now;
    run.id = RunStore(store).start(run.job);
    run.finished_at = now;
    run.outcome = RunOutcome::nothing_new;
    RunStore(store).finish(run);
}

/// Two jobs, due daily at six and at seven, over a store.
struct Scene {
    Scene()
    {
        jobs.push_back(job("early", "schedule = \"0 6 * * *\"\ntimezone = \"UTC\""));
        jobs.push_back(job("late", "schedule = \"0 7 * * *\"\ntimezone = \"UTC\""));
        jobs.push_back(job("never", "schedule = \"0 5 * * *\"\nenabled = false"));
        jobs.push_back(job("by-hand", ""));
    }

    Schedule schedule() { return {jobs, &store, {}, clock.now()}; }

    TempDir folder;
    ManualClock clock{"2026-01-14T08:00:00Z"};
    StoreSession store{folder.path(), StoreSession::Access::write, clock};
    std::vector<ReadyJob> jobs;
};

} // namespace

TEST_CASE("an unknown time zone is refused where it stands")
{
    CHECK_THROWS_WITH(job("x", "timezone = \"Oslo\""),
                      Catch::Matchers::StartsWith("x.toml:3: unknown time zone 'Oslo' (use a name like Europe/Oslo"));
}

TEST_CASE("jobs fall due in order, a missed one once, a disabled one and one without a schedule never")
{
    Scene here;
    auto& clock = here.clock;
    record_run(here.store, "late", clock.now());
    clock.set("2026-01-18T06:30:00Z"); // "late" ran four days ago
    auto schedule = here.schedule();
    CHECK(ids(schedule.due(clock.now())) == "late ");
    CHECK(ids(schedule.due_or_new(clock.now())) == "late early ");
    CHECK(next_of(schedule, clock.now()) == "2026-01-15T07:00:00Z");
    schedule.ran(here.jobs[1], DueResult::met, clock.now(), clock.now());
    CHECK(ids(schedule.due(clock.now())) == "");
    CHECK(next_of(schedule, clock.now()) == "2026-01-18T07:00:00Z");
    clock.set("2026-01-19T09:00:00Z");
    CHECK(ids(schedule.due(clock.now())) == "late early ");
    CHECK_FALSE(schedule.plan(here.jobs[2], clock.now()));
    CHECK_FALSE(schedule.plan(here.jobs[3], clock.now()));
}

TEST_CASE("what is owed is still owed after a restart, and so is how often it was tried")
{
    Scene here;
    auto& clock = here.clock;
    here.schedule().store(); // the due times of both begin now
    clock.set("2026-01-16T06:30:00Z");
    {
        auto schedule = here.schedule();
        REQUIRE(ids(schedule.due(clock.now())) == "early late ");
        schedule.ran(here.jobs[0], DueResult::failed, clock.now(), clock.now());
        schedule.ran(here.jobs[1], DueResult::stopped, clock.now(), clock.now());
        schedule.store();
    }
    const auto again = here.schedule();
    const auto early = again.plan(here.jobs[0], clock.now());
    REQUIRE(early);
    CHECK(early->why == DuePlan::Why::failed);
    CHECK(format_time(early->due) == "2026-01-15T06:00:00Z");
    CHECK(format_time(early->run_at) == "2026-01-16T06:35:00Z");
    CHECK(again.tries(here.jobs[0]) == 1);
    CHECK(ids(again.due(clock.now())) == "late ");              // a stop is no try
    CHECK(ids(again.due_or_new(clock.now())) == "late early "); // it has never ended a run
}

TEST_CASE("what the program's end cuts off is made good at once, but not again and again")
{
    Scene here;
    auto& clock = here.clock;
    here.schedule().store();
    clock.set("2026-01-15T06:30:00Z");
    for (const auto& expected : {"2026-01-15T06:00:00Z", "2026-01-15T06:35:00Z", "2026-01-15T06:40:00Z"}) {
        RunStore(here.store).start("early");
        RunStore(here.store).close_interrupted(); // as the next start does
        const auto plan = here.schedule().plan(here.jobs[0], clock.now());
        REQUIRE(plan);
        CHECK(format_time(plan->run_at) == expected);
    }
}

TEST_CASE("a store that says nothing of a schedule is written once, and then only when something happened")
{
    Scene here;
    auto schedule = here.schedule();
    schedule.store();
    CHECK(DueStore(here.store).all().size() == 2);
    DueStore(here.store).store("early", {parse_time("2020-01-01").value(), {}, 0});
    schedule.store();
    CHECK(DueStore(here.store).all().at("early").settled_until == parse_time("2020-01-01")); // was left alone
}

TEST_CASE("a folder that was looked at in vain is settled without a word in the store, and looked at after a restart")
{
    Scene here;
    auto schedule = here.schedule();
    schedule.store();
    const auto stored = DueStore(here.store).all();
    here.clock.set("2026-01-15T06:30:00Z");
    REQUIRE(ids(schedule.due(here.clock.now())) == "early ");
    schedule.looked(here.jobs[0], here.clock.now());
    schedule.store();
    CHECK(ids(schedule.due(here.clock.now())) == "");
    CHECK(DueStore(here.store).all() == stored);
    CHECK(ids(here.schedule().due(here.clock.now())) == "early ");
    schedule.ran(here.jobs[0], DueResult::failed, here.clock.now(), here.clock.now());
    schedule.store();
    CHECK(DueStore(here.store).all() != stored);
}

TEST_CASE("due times settled in a future that never came are due when the clock is right")
{
    Scene here;
    auto& clock = here.clock;
    here.schedule().store();
    clock.set("2027-01-20T08:00:00Z");
    auto schedule = here.schedule();
    schedule.ran(here.jobs[0], DueResult::met, clock.now(), clock.now());
    schedule.ran(here.jobs[1], DueResult::failed, clock.now(), clock.now());
    schedule.store();
    clock.set("2026-01-20T06:30:00Z");
    const auto restarted = here.schedule();
    schedule.see_clock(clock.now());
    for (const auto* seen : {&restarted, &std::as_const(schedule)}) {
        CHECK(format_time(seen->plan(here.jobs[0], clock.now())->run_at) == "2026-01-21T06:00:00Z");
        CHECK(format_time(seen->plan(here.jobs[1], clock.now())->run_at) == "2026-01-20T06:35:00Z");
    }
}

TEST_CASE("sixty jobs that poll a source at one minute are spread, each always in its place; files are not")
{
    TempDir folder;
    const ManualClock clock("2026-01-14T10:00:00Z");
    const StoreSession store(folder.path(), StoreSession::Access::write, clock);
    std::vector<ReadyJob> jobs;
    jobs.reserve(61);
    for (int i = 0; i < 60; ++i)
        jobs.push_back(polled(fmt::format("table-{}", i), "schedule = \"0 12 * * *\"\ntimezone = \"UTC\""));
    jobs.push_back(job("file", "schedule = \"0 12 * * *\"\ntimezone = \"UTC\""));
    const Schedule schedule(jobs, &store, {}, clock.now());
    const Schedule restarted(jobs, &store, {}, clock.now());
    const auto noon = parse_time("2026-01-14T12:00:00Z").value();
    std::map<std::int64_t, int> in_minute;
    for (const auto& each : jobs) {
        const auto at = schedule.plan(each, clock.now())->run_at;
        CHECK(at == restarted.plan(each, clock.now())->run_at);
        ++in_minute[(at - noon) / std::chrono::minutes(1)];
    }
    CHECK(schedule.plan(jobs.back(), clock.now())->run_at == noon);
    CHECK(in_minute.size() == 10);
    CHECK(in_minute.begin()->first == 0);
    CHECK(in_minute.rbegin()->first == 9);
    for (const auto& [minute, count] : in_minute)
        CHECK(count <= 15);
}

TEST_CASE("a timer's harvest does not wait for a job's place in the spread")
{
    TempDir folder;
    ManualClock clock("2026-01-14T10:00:00Z");
    StoreSession store(folder.path(), StoreSession::Access::write, clock);
    std::vector<ReadyJob> jobs;
    jobs.push_back(polled("table", "schedule = \"0 12 * * *\"\ntimezone = \"UTC\""));
    record_run(store, "table", clock.now());
    const Schedule schedule(jobs, &store, {}, clock.now());
    const auto noon = parse_time("2026-01-14T12:00:00Z").value();
    REQUIRE(schedule.plan(jobs[0], noon)->run_at > noon);
    CHECK(ids(schedule.due(noon)) == "");
    CHECK(ids(schedule.due_or_new(noon)) == "table ");
    CHECK(ids(schedule.due_or_new(noon - std::chrono::seconds(1))) == "");
}

TEST_CASE("a release whose day is known shapes the polls of a source, unless the job wants them as scheduled")
{
    TempDir folder;
    const ManualClock clock("2026-03-03T20:00:00Z"); // a Tuesday
    const StoreSession store(folder.path(), StoreSession::Access::write, clock);
    const std::string often = "schedule = \"0 12 * * *\"\ntimezone = \"UTC\"\n";
    const std::string stated = "next_publication = \"2026-06-18\"\n";
    std::vector<ReadyJob> jobs;
    jobs.push_back(polled("stated", often + stated));
    jobs.push_back(polled("announced", often));
    jobs.push_back(polled("as-scheduled", often + stated + "quiet_polls = \"as scheduled\""));
    jobs.push_back(polled("unknown", often));
    jobs.push_back(job("file", often + stated));
    JobState state;
    state.announced_at = parse_time("2026-06-20T06:00:00Z");
    JobStore(store).store_state("announced", state);
    const Schedule schedule(jobs, &store, {}, clock.now());
    const auto day = [&](const ReadyJob& one) { return format_date(schedule.plan(one, clock.now())->due); };

    CHECK(day(jobs[0]) == "2026-03-09"); // Monday
    CHECK(day(jobs[1]) == "2026-03-09");
    CHECK(day(jobs[2]) == "2026-03-04");
    CHECK(day(jobs[3]) == "2026-03-04");
    CHECK(day(jobs[4]) == "2026-03-04");
    CHECK(schedule.expected(jobs[1]) ==
          ExpectedRelease{parse_time("2026-06-20T06:00:00Z").value(), parse_time("2026-06-23T06:00:00Z").value()});
}

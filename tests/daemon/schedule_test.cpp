#include "daemon/schedule.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

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

std::string due_after(const std::string& schedule, const char* after)
{
    const auto due = job("x", "schedule = \"" + schedule + "\"").next_due(parse_time(after).value());
    return due ? format_time(*due) : "never";
}

std::string ids(const std::vector<const ReadyJob*>& jobs)
{
    std::string text;
    for (const auto* each : jobs)
        text += each->job.id + " ";
    return text;
}

} // namespace

TEST_CASE("a job is due on the clock of its own place, summer and winter")
{
    CHECK(due_after("20 8 * * 1-5", "2026-01-15T00:00:00Z") == "2026-01-15T07:20:00Z");
    CHECK(due_after("20 8 * * 1-5", "2026-07-15T00:00:00Z") == "2026-07-15T06:20:00Z");
    CHECK(due_after("20 8 * * 1-5", "2026-07-15T06:20:00Z") == "2026-07-16T06:20:00Z");
    CHECK(job("x", "").next_due(parse_time("2026-07-15").value()) == std::nullopt);
}

TEST_CASE("a time the clock skips comes at the end of the gap, one that comes twice comes once")
{
    // Oslo: 29 March 2026 02:00 -> 03:00 (01:00Z); 25 October 2026 03:00 -> 02:00 (01:00Z).
    CHECK(due_after("30 2 * * *", "2026-03-28T12:00:00Z") == "2026-03-29T01:00:00Z");
    CHECK(due_after("30 2 * * *", "2026-10-24T12:00:00Z") == "2026-10-25T00:30:00Z");
    CHECK(due_after("30 2 * * *", "2026-10-25T00:30:00Z") == "2026-10-26T01:30:00Z");
}

TEST_CASE("an unknown time zone is refused where it stands")
{
    CHECK_THROWS_WITH(job("x", "timezone = \"Oslo\""),
                      Catch::Matchers::StartsWith("x.toml:3: unknown time zone 'Oslo' (use a name like Europe/Oslo"));
}

TEST_CASE("jobs fall due in order, a missed one once, a disabled one never")
{
    const TempDir folder;
    ManualClock clock("2026-01-14T08:00:00Z");
    StoreSession store(folder.path(), StoreSession::Access::write, clock);
    std::vector<ReadyJob> jobs;
    jobs.push_back(job("early", "schedule = \"0 6 * * *\"\ntimezone = \"UTC\""));
    jobs.push_back(job("late", "schedule = \"0 7 * * *\"\ntimezone = \"UTC\""));
    jobs.push_back(job("never", "schedule = \"0 5 * * *\"\nenabled = false"));
    Run run;
    run.job = "late";
    run.started_at = clock.now();
    run.id = RunStore(store).start(run.job);
    run.finished_at = clock.now();
    run.outcome = RunOutcome::nothing_new;
    RunStore(store).finish(run);

    clock.set("2026-01-18T06:30:00Z"); // "late" ran four days ago
    Schedule schedule(jobs, store, clock.now());
    CHECK(ids(schedule.due(clock.now())) == "late ");
    CHECK(ids(schedule.due_or_new(clock.now())) == "late early ");
    CHECK(format_time(schedule.next().value()) == "2026-01-15T07:00:00Z");
    schedule.ran(jobs[1], clock.now());
    CHECK(ids(schedule.due(clock.now())) == "");
    CHECK(format_time(schedule.next().value()) == "2026-01-18T07:00:00Z");
    clock.set("2026-01-19T09:00:00Z");
    CHECK(ids(schedule.due(clock.now())) == "late early ");
}

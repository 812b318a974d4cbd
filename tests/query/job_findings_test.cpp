#include "query/job_findings.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Time at(std::string_view text)
{
    return parse_time(text).value();
}

const Time now = at("2026-03-02T12:00:00Z");

/// A job whose last run ended so.
JobStatus job_after(RunOutcome outcome, const char* message = "")
{
    JobStatus job;
    job.job = "tall";
    job.schedule = "20 8 * * *";
    job.health.last.emplace();
    job.health.last->outcome = outcome;
    job.health.last->message = message;
    job.health.last->started_at = now - std::chrono::minutes(1);
    job.health.failures_in_row = outcome == RunOutcome::failed ? 2 : 0;
    return job;
}

/// It owes since that time, and its next run is then.
JobStatus owing(JobStatus job, std::string_view since, std::string_view next_run, int tries)
{
    job.owed_since = at(since);
    job.next_run = at(next_run);
    job.tries = tries;
    job.window_ends = *job.owed_since + std::chrono::hours(24);
    return job;
}

/// "concern: text" of each.
std::vector<std::string> told(const JobStatus& job, const std::set<std::string>& datasets = {"drop/tall"})
{
    std::vector<std::string> lines;
    for (const auto& finding : job_findings({job}, datasets, now)) {
        CHECK(finding.about == "tall");
        CHECK_FALSE(finding.remedy.empty());
        lines.push_back(std::string(to_string(finding.concern)) + ": " + finding.text);
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("a job that has run as it should is no finding", "[query]")
{
    for (const auto outcome : {RunOutcome::new_vintage, RunOutcome::nothing_new, RunOutcome::no_file,
                               RunOutcome::running, RunOutcome::stopped})
        CHECK(told(job_after(outcome)).empty());
    JobStatus never;
    never.job = "tall";
    CHECK(told(never).empty());
}

TEST_CASE("a run is late half an hour after it should have begun, not sooner, and not while it is at work", "[query]")
{
    const auto done = job_after(RunOutcome::nothing_new);
    CHECK(told(owing(done, "2026-03-02T11:20:00Z", "2026-03-02T11:31:00Z", 0)).empty());
    CHECK(told(owing(done, "2026-03-02T11:20:00Z", "2026-03-02T11:30:00Z", 0)) ==
          Lines{"late: tall: a run is late, it was due 2026-03-02T11:20:00Z"});
    CHECK(told(owing(job_after(RunOutcome::running), "2026-03-02T08:20:00Z", "2026-03-02T08:20:00Z", 0)).empty());
}

TEST_CASE("a run that has not ended after two hours is late", "[query]")
{
    auto job = job_after(RunOutcome::running);
    job.health.last->started_at = at("2026-03-02T10:00:00Z");
    CHECK(told(job) == Lines{"late: tall: runs since 2026-03-02T10:00:00Z"});
}

TEST_CASE("a failed try is noted while its window lasts, and a finding when that has ended", "[query]")
{
    auto job = owing(job_after(RunOutcome::failed, "no answer"), "2026-03-02T08:20:00Z", "2026-03-02T12:10:00Z", 2);
    CHECK(told(job).empty());
    CHECK(retry_notes({job}, now) ==
          Lines{"tall: 2 tries for what was due 2026-03-02T08:20:00Z failed, the next is at "
                "2026-03-02T12:10:00Z: no answer"});
    job.window_ends = now;
    CHECK(told(job) ==
          Lines{"failing: tall: what was due 2026-03-02T08:20:00Z is not met, 2 in a row failed: no answer"});
    CHECK(retry_notes({job}, now).empty());
}

TEST_CASE("tries that have failed for a day are a finding, however long the window is", "[query]")
{
    auto job = owing(job_after(RunOutcome::failed, "no answer"), "2026-03-01T12:00:00Z", "2026-03-02T12:10:00Z", 9);
    job.window_ends = at("2026-04-01T08:20:00Z");
    CHECK(told(job).size() == 1);
    job.owed_since = at("2026-03-01T12:00:01Z");
    CHECK(told(job).empty());
}

TEST_CASE("a failure that nothing tries again is a finding at once", "[query]")
{
    CHECK(told(job_after(RunOutcome::failed, "drift")) == Lines{"failing: tall: failed 2 in a row: drift"});
}

TEST_CASE("a job that is off is no finding, whatever its runs did", "[query]")
{
    auto job = owing(job_after(RunOutcome::failed, "no answer"), "2026-03-01T08:20:00Z", "2026-03-01T08:20:00Z", 0);
    CHECK_FALSE(told(job).empty());
    job.enabled = false;
    CHECK(told(job).empty());
}

TEST_CASE("runs that succeed and leave no number of their dataset are a finding; a folder without files is none",
          "[query]")
{
    for (const auto outcome : {RunOutcome::new_vintage, RunOutcome::nothing_new}) {
        auto job = job_after(outcome);
        job.dataset = "drop/tall";
        CHECK(told(job).empty());
        CHECK(told(job, {}) == Lines{"no yield: tall: its runs succeed, and there is no number of drop/tall"});
    }
    auto waiting = job_after(RunOutcome::no_file);
    waiting.dataset = "drop/tall";
    CHECK(told(waiting, {}).empty());
}

TEST_CASE("a release that is overdue while runs succeed is a finding", "[query]")
{
    auto job = job_after(RunOutcome::nothing_new);
    job.expected = at("2026-02-20T00:00:00Z");
    job.expected_late_from = now + std::chrono::seconds(1);
    CHECK(told(job).empty());
    job.expected_late_from = now;
    CHECK(told(job) ==
          Lines{"no yield: tall: a release was expected 2026-02-20, and runs that succeed have not found it"});
}

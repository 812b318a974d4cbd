#include "query/job_findings.hpp"

#include "base/time_text.hpp"

#include <fmt/format.h>

#include <chrono>

namespace skurd {

namespace {

constexpr auto late_after = std::chrono::minutes(30); ///< beyond which a run should have had its turn
constexpr auto run_max = std::chrono::hours(2);       ///< that a run may take before it is late to end
constexpr auto retried_max = std::chrono::hours(24);  ///< that tries may fail unseen, however long the window is

bool is_at_work(const JobStatus& job)
{
    return job.health.last && job.health.last->outcome == RunOutcome::running;
}

bool has_failed(const JobStatus& job)
{
    return job.health.last && job.health.last->outcome == RunOutcome::failed;
}

/// Whether what it owes will be tried again in time.
bool is_retried(const JobStatus& job, Time now)
{
    return job.owed_since && job.tries > 0 && now < job.window_ends.value_or(Time::max()) &&
           now - *job.owed_since < retried_max;
}

std::string last_message(const JobStatus& job)
{
    return job.health.last ? job.health.last->message : "";
}

std::optional<StatusFinding> lateness(const JobStatus& job, Time now)
{
    if (is_at_work(job)) {
        const auto began = job.health.last->started_at;
        if (now - began < run_max)
            return std::nullopt;
        return StatusFinding{
            Concern::late, job.job, fmt::format("{}: runs since {}", job.job, format_time(began)),
            "see the log what it waits for (journalctl -u skurd), or restart the daemon: what is due stays "
            "owed"};
    }
    if (!job.owed_since || job.tries > 0 || !job.next_run || now - *job.next_run < late_after)
        return std::nullopt;
    return StatusFinding{
        Concern::late, job.job,
        fmt::format("{}: a run is late, it was due {}", job.job, format_time(*job.owed_since)),
        fmt::format("`skurd harvest {}` runs it now; what the daemon waits for, if it is alive, is in its log "
                    "(journalctl -u skurd)",
                    job.job)};
}

std::optional<StatusFinding> failure(const JobStatus& job, Time now)
{
    if (job.owed_since && job.tries > 0)
        return is_retried(job, now)
                   ? std::nullopt
                   : std::optional(StatusFinding{Concern::failing, job.job,
                                                 fmt::format("{}: what was due {} is not met, {} in a row failed: {}",
                                                             job.job, format_time(*job.owed_since),
                                                             job.health.failures_in_row, last_message(job)),
                                                 fmt::format("mend it, then `skurd harvest {}`", job.job)});
    if (!has_failed(job))
        return std::nullopt;
    return StatusFinding{
        Concern::failing, job.job,
        fmt::format("{}: failed {} in a row: {}", job.job, job.health.failures_in_row, last_message(job)),
        fmt::format("see `skurd runs {0}` and `skurd quarantine list`, then `skurd harvest {0}`", job.job)};
}

/// Only of a job whose last run succeeded.
std::optional<StatusFinding> missing_yield(const JobStatus& job, const std::set<std::string>& datasets, Time now)
{
    const auto& last = job.health.last;
    if (!last || (last->outcome != RunOutcome::new_vintage && last->outcome != RunOutcome::nothing_new))
        return std::nullopt;
    if (!job.dataset.empty() && !datasets.contains(job.dataset))
        return StatusFinding{Concern::no_yield, job.job,
                             fmt::format("{}: its runs succeed, and there is no number of {}", job.job, job.dataset),
                             fmt::format("hold the job against its source (skurd check --online {0}), then "
                                         "`skurd harvest {0} --force`",
                                         job.job)};
    if (job.expected && job.expected_late_from.value_or(Time::max()) <= now)
        return StatusFinding{Concern::no_yield, job.job,
                             fmt::format("{}: a release was expected {}, and runs that succeed have not found it",
                                         job.job, format_date(*job.expected)),
                             fmt::format("see whether the source has moved it (skurd check --online {})", job.job)};
    return std::nullopt;
}

} // namespace

std::vector<StatusFinding> job_findings(const std::vector<JobStatus>& jobs, const std::set<std::string>& datasets,
                                        Time now)
{
    std::vector<StatusFinding> found;
    for (const auto& job : jobs) {
        if (!job.enabled)
            continue;
        for (auto finding : {lateness(job, now), failure(job, now), missing_yield(job, datasets, now)})
            if (finding)
                found.push_back(std::move(*finding));
    }
    return found;
}

std::vector<std::string> retry_notes(const std::vector<JobStatus>& jobs, Time now)
{
    std::vector<std::string> notes;
    for (const auto& job : jobs)
        if (job.enabled && is_retried(job, now))
            notes.push_back(fmt::format("{}: {} tries for what was due {} failed, the next is at {}: {}", job.job,
                                        job.tries, format_time(*job.owed_since),
                                        job.next_run ? format_time(*job.next_run) : "?", last_message(job)));
    return notes;
}

} // namespace skurd

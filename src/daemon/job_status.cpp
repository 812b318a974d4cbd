#include "daemon/job_status.hpp"

namespace skurd {

std::vector<JobStatus> job_statuses(const JobList& list)
{
    std::vector<JobStatus> jobs;
    for (const auto& ready : list.jobs) {
        JobStatus status;
        status.job = ready.job.id;
        status.connector = ready.job.connector;
        status.enabled = ready.job.enabled;
        status.unconfirmed = ready.job.unconfirmed;
        status.schedule = ready.job.schedule;
        status.timezone = ready.job.timezone;
        if (const auto offer = ready.connector->offer())
            status.dataset = offer->dataset;
        jobs.push_back(std::move(status));
    }
    return jobs;
}

void add_plans(const Schedule& schedule, const JobList& list, Time now, std::vector<JobStatus>& jobs)
{
    for (auto& job : jobs) {
        const auto& ready = list.find(job.job);
        const auto plan = schedule.plan(ready, now);
        if (!plan)
            continue;
        job.next_run = plan->run_at;
        (plan->why == DuePlan::Why::due ? job.next_due : job.owed_since) = plan->due;
        if (plan->why == DuePlan::Why::failed)
            job.tries = schedule.tries(ready);
        job.window_ends = plan->window_ends;
        if (const auto release = schedule.expected(ready)) {
            job.expected = release->at;
            job.expected_late_from = release->late_from;
        }
    }
}

} // namespace skurd

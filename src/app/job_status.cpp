#include "app/job_status.hpp"

namespace skurd {

std::vector<JobStatus> job_statuses(const JobList& list, Time now)
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
        if (ready.job.enabled)
            status.next_due = ready.next_due(now);
        jobs.push_back(std::move(status));
    }
    return jobs;
}

} // namespace skurd

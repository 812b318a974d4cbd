#include "daemon/job_status.hpp"

#include "base/error.hpp"
#include "fetch/dropped_files.hpp"

#include <algorithm>
#include <variant>

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

namespace {

/// Of a job that takes files. A folder that cannot be read may have one.
bool may_have_file(const ReadyJob& job)
{
    const auto first = job.connector->next({}, {});
    const auto* request = std::get_if<Request>(&first);
    if (!request || request->kind != Request::Kind::file)
        return true;
    try {
        const auto files = dropped_files(request->url);
        return std::any_of(files.begin(), files.end(),
                           [&](const DroppedFile& file) { return file.fits(request->pattern); });
    } catch (const Error&) {
        return true;
    }
}

} // namespace

void add_plans(Schedule schedule, const JobList& list, Time now, std::vector<JobStatus>& jobs)
{
    for (auto& job : jobs) {
        const auto& ready = list.find(job.job);
        if (!may_have_file(ready))
            schedule.looked(ready, now);
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

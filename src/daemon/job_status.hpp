#pragma once

#include "daemon/schedule.hpp"
#include "model/status.hpp"
#include "run/jobs.hpp"

#include <vector>

namespace skurd {

/// The jobs as their files state them, by id.
std::vector<JobStatus> job_statuses(const JobList& list);

/// Fills in what the scheduler will do with them. A drop folder that no file waits in is as good as looked at now.
void add_plans(Schedule schedule, const JobList& list, Time now, std::vector<JobStatus>& jobs);

} // namespace skurd

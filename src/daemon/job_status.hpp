#pragma once

#include "daemon/schedule.hpp"
#include "model/status.hpp"
#include "run/jobs.hpp"

#include <vector>

namespace skurd {

/// The jobs as their files state them, by id.
std::vector<JobStatus> job_statuses(const JobList& list);

/// Fills in what the scheduler will do with them.
void add_plans(const Schedule& schedule, const JobList& list, Time now, std::vector<JobStatus>& jobs);

} // namespace skurd

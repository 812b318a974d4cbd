#pragma once

#include "app/context.hpp"
#include "query/status.hpp"
#include "run/jobs.hpp"

namespace skurd {

/// The jobs as their files state them, by id.
std::vector<JobStatus> job_statuses(const JobList& list, Time now);

} // namespace skurd

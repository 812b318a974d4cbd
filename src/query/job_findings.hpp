#pragma once

#include "model/status.hpp"

#include <set>
#include <string>
#include <vector>

namespace skurd {

/// What is not well with the runs of jobs, in the jobs' order: those that are late, those that fail, and those that
/// succeed and give nothing. `datasets` are those that there are numbers of.
///
/// A job that failed is no finding as long as its window lasts, a day at most: it is tried again. One whose failed
/// run met its due time (the source answered, and the answer was refused) is, for nothing tries it again before the
/// next.
std::vector<StatusFinding> job_findings(const std::vector<JobStatus>& jobs, const std::set<std::string>& datasets,
                                        Time now);

/// The failed tries that are no findings yet: a sentence each.
std::vector<std::string> retry_notes(const std::vector<JobStatus>& jobs, Time now);

} // namespace skurd

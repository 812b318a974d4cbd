#pragma once

#include "connectors/connector.hpp"
#include "connectors/pxweb/flow.hpp"

#include <string>
#include <vector>

namespace skurd {

/// `skurd check --online` for a job of either version: what to ask, and what the answers say of each line of the job.
/// Nothing is asked for data. check_job() throws Error for answers that are no answers.
Step next_check_of(const Flow& flow, bool is_v1);
std::vector<CheckResult> check_job(const Flow& flow, bool is_v1);

/// A pattern for `expect` that the title matches, and still will when its span of periods has grown.
std::string expect_for(const std::string& title);

} // namespace skurd

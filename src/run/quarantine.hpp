#pragma once

#include "model/quarantine.hpp"
#include "model/run.hpp"
#include "run/job_run.hpp"
#include "store/store_session.hpp"

#include <string>

namespace skurd {

/// Takes in what was put into quarantine: the payloads of its run, decoded again by the job as it is today. What goes
/// wrong ends in the run's record; the payload then stays in quarantine.
Run run_quarantined(const ReadyJob& job, const RunTools& tools, const Quarantined& held, const RunOptions& options,
                    const std::string& by);

} // namespace skurd

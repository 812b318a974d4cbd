#pragma once

#include "model/quarantine.hpp"
#include "model/run.hpp"
#include "run/jobs.hpp"
#include "run/run_options.hpp"
#include "run/run_tools.hpp"
#include "store/store_session.hpp"

#include <string>

namespace skurd {

/// Ingests what was put into quarantine: the payloads of its run, decoded again by the job as it is today, with what
/// the connector remembered then. The job goes on from there as if that run had been ingested at once. What goes
/// wrong ends in the run's record; the payload then stays in quarantine.
Run retry_quarantined(const ReadyJob& job, const RunTools& tools, const Quarantined& held, const RunOptions& options,
                      const std::string& actor);

} // namespace skurd

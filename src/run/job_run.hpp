#pragma once

#include "model/run.hpp"
#include "run/jobs.hpp"
#include "run/run_options.hpp"
#include "run/run_tools.hpp"

#include <stop_token>
#include <vector>

namespace skurd {

/// Runs one job: fetch, decode, normalise, store. Once, or, for a job that takes files, once for each finished file
/// that waits. What goes wrong ends in a run's record and message, never in an exception; bytes that were fetched and
/// refused are in quarantine, but a file that the store could not take stays where it is. Only a store that cannot
/// even be told of a failure throws. New numbers are judged afterwards: FollowUp.
std::vector<Run> run_job(const ReadyJob& job, const RunTools& tools, const RunOptions& options, std::stop_token stop);

/// Ingests one file given by hand: the same flow with bytes that are already here. The file itself is left where it
/// is.
Run run_given_file(const ReadyJob& job, const RunTools& tools, Response file, const RunOptions& options,
                   std::stop_token stop = {});

/// Whether the job's first request is for a file.
bool takes_files(const ReadyJob& job);

} // namespace skurd

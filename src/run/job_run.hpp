#pragma once

#include "base/clock.hpp"
#include "fetch/drop_fetcher.hpp"
#include "fetch/fetcher.hpp"
#include "model/indicator.hpp"
#include "model/ingest.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "run/jobs.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <optional>
#include <stop_token>

namespace skurd {

/// How a run differs from an ordinary one.
struct RunOptions {
    bool force = false;                        ///< fetch and decode even when the source says nothing is new
    bool dry_run = false;                      ///< store nothing: fetch, decode and say what there is
    Agreement agreement;                       ///< what the operator says yes to
    std::optional<PublicationClaim> published; ///< instead of the connector's claim
};

/// What a run works with; all outlive it.
struct RunTools {
    StoreSession& store;
    Fetcher& sources; ///< of all but files
    DropFetcher& drop;
    const DropFolders& folders; ///< where files go once they are taken in or refused
    const Clock& clock;
    const Catalogue& catalogue; ///< says which series are in use
    IngestRules rules;
    std::function<void(const std::string&)> progress; ///< what is being done, for people; may be empty
};

/// Runs one job: next, fetch, decode, normalise, store. Once, or, for a job that takes files, once for each
/// finished file that waits. What goes wrong ends in a run's record and message, never in an exception; bytes that
/// were fetched and refused are in quarantine, but a file that the store could not take stays where it is. Only a
/// store that cannot even be told of a failure throws.
/// New numbers are judged afterwards: evaluate_if_behind().
std::vector<Run> run_job(const ReadyJob& job, const RunTools& tools, const RunOptions& options, std::stop_token stop);

/// Takes one file in by hand: the same flow with bytes that are already here. The file itself is left where it is.
Run run_given_file(const ReadyJob& job, const RunTools& tools, Response file, const RunOptions& options);

/// Whether the job's first request is for a file.
bool takes_files(const ReadyJob& job);

} // namespace skurd

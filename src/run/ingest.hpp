#pragma once

#include "model/ingest.hpp"
#include "model/job_state.hpp"
#include "model/payload.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "run/decoded_release.hpp"
#include "run/run_options.hpp"
#include "run/run_tools.hpp"
#include "run/schema_check.hpp"

#include <optional>
#include <span>
#include <stop_token>

namespace skurd {

/// What the right half of a run works on: responses that are all there, fetched just now or stored before.
struct IngestInput {
    const ReadyJob& job;
    const RunTools& tools;
    const RunOptions& options;
    const JobState& state; ///< from before the responses were fetched
    std::span<const Response> responses;
    const PayloadRef& payload; ///< the last of the responses
    Origin origin = Origin::harvest;
    std::optional<Time> held_since{}; ///< when they were fetched, where they were held since
    std::stop_token stop{};
};

/// What an ingest leaves.
struct Ingested {
    JobState state; ///< what the job remembers from now on: without an input hash; of a dry run, what it did before
    bool is_newest = true; ///< no later release had been ingested
};

/// Decodes, holds the dataset's schema against the accepted one, and stores; or, for a dry run, says what storing
/// would come to. Fills the run and reconciles the flags of the job. Throws Error: SchemaDriftError,
/// AnomalousRelease, Stopped, or what refuses the responses.
Ingested ingest(const IngestInput& input, Run& run);

/// A release on its way into the store.
struct ReleaseToStore {
    const Release& release;
    const PublicationClaim& claim;
    const PayloadRef& payload;
    Origin origin = Origin::harvest;
    Arrival arrival{};
    OrderedBy ordered_by = OrderedBy::person;
    std::stop_token stop{};
};

/// The one place where a release goes into the store and its run's record: outcome, vintage, dataset and counts.
IngestResult store_release(const RunTools& tools, const Agreement& agreement, const ReleaseToStore& release,
                           Run& run);

/// Once a release is in the store and is the newest: records the drift and the dataset schema to hold the next one
/// against, and reconciles the job's drift flag.
void store_schema(const RunTools& tools, const std::string& job, const SchemaCheck& check, const Agreement& agreement,
                  const Run& run);

} // namespace skurd

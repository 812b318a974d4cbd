#pragma once

#include "model/job_state.hpp"
#include "model/payload.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "run/job_run.hpp"

#include <span>

namespace skurd {

/// The dataset has other dimensions than before, or all that came is stopped by a drift: nothing was taken in.
class SchemaDriftError : public Error {
public:
    using Error::Error;
};

/// What the right half of a run works on: responses that are all there.
struct IngestInput {
    const ReadyJob& job;
    const RunTools& tools;
    const RunOptions& options;
    const PayloadRef& payload; ///< the last of the responses
    Origin origin = Origin::harvest;
};

/// What it came to.
struct IngestOutcome {
    JobState state;       ///< to store
    bool vintage = false; ///< whether a new one was made: run.vintage
};

/// Decodes, puts parts together, normalises, holds the look of the dataset against the one before, and stores; or,
/// for a dry run, says what there is. Fills the run's record, and brings the flags of the job in line. Throws Error:
/// SchemaDriftError, AnomalousRelease, or what refuses the responses.
IngestOutcome take_in(const IngestInput& input, const JobState& state, std::span<const Response> responses, Run& run);

} // namespace skurd

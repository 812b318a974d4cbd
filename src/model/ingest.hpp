#pragma once

#include "base/error.hpp"
#include "model/agreement.hpp"
#include "model/ingest_counts.hpp"
#include "model/vintage.hpp"

#include <chrono>
#include <optional>

namespace skurd {

/// What ingesting a release came to.
struct IngestResult {
    std::optional<Vintage> vintage; ///< nothing when no vintage was made
    IngestCounts counts{};
    bool late = false; ///< a release published after this one was there already
};

/// What guards against a source that answers with less than it has.
struct IngestRules {
    /// More of the known cells than this may not vanish at once, unless ...
    int withdrawn_percent_max = 2;
    /// ... a second complete release, seen at least this long after the first, lacks the same cells, or ...
    std::chrono::seconds confirming_fetch_after = std::chrono::hours(1);
    /// ... a person agrees that they are gone; one who agrees to anomalies lets an AnomalousRelease in.
    Agreement agreement{};
};

/// A release that looks like a slip of the source and not like news, held against what was known: nearly all its
/// numbers became zero, or missing, or ten times larger or smaller, or it has less than half of the cells. The
/// message says which.
class AnomalousRelease : public Error {
public:
    using Error::Error;
};

} // namespace skurd

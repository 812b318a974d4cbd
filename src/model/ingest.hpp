#pragma once

#include "base/error.hpp"
#include "model/agreement.hpp"
#include "model/ingest_counts.hpp"
#include "model/vintage.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What is odd of a live fetch's claim (src/version/README.md, "Placing a live fetch").
enum class ClaimFinding {
    none,
    restated, ///< other numbers under the date of those before them
    older,    ///< than the newest of those it replaces
    ahead,    ///< later than its arrival
};

/// What ingesting a release came to.
struct IngestResult {
    std::optional<Vintage> vintage; ///< nothing when no vintage was made
    IngestCounts counts{};
    bool late = false;         ///< a later release was there already
    PublicationClaim placed{}; ///< where on the public's clock, what that is from, and how sure it is
    ClaimFinding claim = ClaimFinding::none;
    std::vector<std::string> no_longer_offered{}; ///< periods that the release before it still had
};

/// When a release reached us, and what its source says of that beside the claim.
struct Arrival {
    std::optional<Time> held_since{};           ///< when it was fetched, of one that was held; else that is now
    std::optional<Time> dated_at{};             ///< by the server's own clock
    std::optional<PublicationClaim> modified{}; ///< when the source says that it last modified the data
    /// How often its dataset had been ingested into when the release was held against the accepted dataset schema:
    /// refused where another has since. Nothing = it does not matter.
    std::optional<std::int64_t> dataset_token{};
};

/// Who wants a fetch.
enum class OrderedBy { person, schedule };

/// What guards against a source that answers with less than it has.
struct IngestRules {
    /// More of the known cells than this may not vanish at once, unless ...
    int withdrawn_percent_max = 2;
    /// ... a second complete release, seen at least this long after the first, lacks the same cells, or ...
    std::chrono::seconds confirming_fetch_after = std::chrono::hours(1);
    /// ... a person agrees that they are gone; one who agrees to anomalies lets an AnomalousRelease in.
    Agreement agreement{};
    /// A scheduled fetch that says what an earlier vintage said may be a stale cache: it is ingested when a second
    /// one, at least this long after the first, says the same. One that a person ordered is believed at once.
    OrderedBy ordered_by = OrderedBy::person;
    std::chrono::seconds returning_fetch_after = std::chrono::minutes(10);
};

/// A release that looks like a slip of the source and not like news, held against what was known: nearly all its
/// numbers became zero, or missing, or ten times larger or smaller, or it has less than half of the cells. The
/// message says which.
class AnomalousRelease : public Error {
public:
    using Error::Error;
};

} // namespace skurd

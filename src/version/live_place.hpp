#pragma once

#include "model/ingest.hpp"
#include "model/release.hpp"

#include <optional>

namespace skurd {

/// How a live fetch differs from what stands of the cells it covers.
enum class Difference {
    none,
    adds,   ///< only by cells that no earlier release asked for
    differs ///< by others too
};

/// What places a live fetch.
struct LiveFetch {
    const PublicationClaim& claim; ///< Confidence::arrival: none
    const std::optional<PublicationClaim>& modified;
    Time arrival{}; ///< the earlier of our clock and the server's
    std::optional<Time>
        newest_overlap{}; ///< the last place of a release that shares a covered cell; nothing: none does
    Difference difference = Difference::differs;
};

struct LivePlace {
    PublicationClaim published;
    ClaimFinding finding = ClaimFinding::none;
};

/// Where on the public's clock a live fetch belongs: the rule of README.md, "Placing a live fetch". Never before the
/// newest it overlaps, so that what the source says now is current.
LivePlace live_place(const LiveFetch& fetch);

} // namespace skurd

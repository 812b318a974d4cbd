#pragma once

#include "model/release.hpp"
#include "run/jobs.hpp"

#include <span>

namespace skurd {

/// What responses mean: a release, and what its connector says beside it.
struct DecodedRelease {
    Release release;
    Decoded decoded; ///< its cubes are in the release

    /// The dataset as the source describes it, with the codes that were not asked for, or else as the release has it;
    /// without time.
    std::vector<Dimension> schema() const;
};

/// The one place that makes a release of responses, be they fetched just now or stored years ago: the connector
/// decodes them, their cubes are joined, and that is normalised. `state` is what the connector remembered when they
/// were fetched; nothing where that is not known. Throws Error for what refuses them.
/// Throws Stopped, from within any loop over them, where the stop is requested.
DecodedRelease decode_release(const ReadyJob& job, const ConnectorState& state, std::span<const Response> responses,
                              const std::stop_token& stop);

} // namespace skurd

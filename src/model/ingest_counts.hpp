#pragma once

#include <cstdint>

namespace skurd {

/// What ingesting one release wrote, counted; all 0 where nothing was ingested.
struct IngestCounts {
    std::int64_t cells = 0;      ///< stated by the release (not absent)
    std::int64_t rows = 0;       ///< observations written
    std::int64_t revised = 0;    ///< of those, cells that had another value before
    std::int64_t withdrawn = 0;  ///< of those, cells that are gone
    std::int64_t reworded = 0;   ///< of those, the same value with another number of decimals: 0 -> 0.0
    std::int64_t restored = 0;   ///< observations written so that later releases go on stating what they stated
    std::int64_t relabelled = 0; ///< labels, units and notes that changed
    std::int64_t suppressed = 0; ///< false revisions: other bytes than the last vintage's, the same numbers
};

} // namespace skurd

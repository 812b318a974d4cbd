#pragma once

#include <chrono>
#include <cstddef>

namespace skurd {

/// How much of what the store would gather for ever is kept, by number and age (schema/README.md has the table of all
/// bounds). Never bounded is what was published and what people said.
struct StoreBounds {
    std::size_t runs = 500;                ///< of each job, the newest, however old they are
    std::chrono::days runs_for{400};       ///< and all that are younger
    std::chrono::days quarantine_for{400}; ///< entries that have ended
};

} // namespace skurd

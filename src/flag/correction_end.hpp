#pragma once

#include "model/correction.hpp"
#include "model/flag.hpp"

#include <optional>
#include <string>

namespace skurd {

/// How a correction ends by itself: why, and the flag that says so.
struct CorrectionEnd {
    std::string why;          ///< "the source changed it to 285"
    std::int64_t vintage = 0; ///< that did
    Flag flag;                ///< revision, "correction/3"; new
};

/// What becomes of an open correction when the newest state of its cell is `now` (nothing = there is no such cell).
/// Nothing while the source still says the number that was expected. `indicator` is one that reads the series, 0 for
/// none. The flag is not of a verdict, so flag_changes() leaves it alone: a person answers it.
std::optional<CorrectionEnd> end_of(const Correction& correction, const std::optional<Observation>& now,
                                    int indicator, Time at);

} // namespace skurd

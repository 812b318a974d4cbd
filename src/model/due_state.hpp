#pragma once

#include "base/clock.hpp"

#include <optional>

namespace skurd {

/// What is stored of how far a job's schedule has been followed. A due time after `settled_until` that has passed is
/// owed: a run is made for it until one succeeds, one for all that were missed.
struct DueState {
    Time settled_until{};           ///< due times up to here need no run any more
    std::optional<Time> tried_at{}; ///< when a run for what is owed ended last, without success
    int tries = 0;                  ///< such runs since the newest due time that has passed

    bool operator==(const DueState&) const = default;
};

} // namespace skurd

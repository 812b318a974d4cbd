#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>

namespace skurd {

/// What time it was by a server's header `Date`, and by our clock when that came.
struct HeardTime {
    std::string host;
    Time theirs{};
    Time ours{};

    bool operator==(const HeardTime&) const = default;
};

/// What sources said of the time. Our clock agrees with one that is a day away at most: servers' clocks are loose.
struct ClockEvidence {
    std::optional<HeardTime> agreed{};  ///< the last one that our clock agreed with
    std::optional<HeardTime> differs{}; ///< the last one, where it did not

    bool operator==(const ClockEvidence&) const = default;
};

/// Why our clock is not to be trusted with the time at which a file came.
enum class ClockDoubt {
    none,
    differs,  ///< the source that was heard last said another time, and our clock has not been put right since
    unheard,  ///< it is more than 40 days later than it was by the last source, and that agreed
    set_back, ///< it is earlier than it was by the last source, and that agreed
};

/// The evidence once that was heard. What is not said anew keeps the time it was heard at, unless a day has passed:
/// so an hourly poll does not write every hour.
ClockEvidence after_hearing(const ClockEvidence& before, const HeardTime& heard);

/// Where nothing has been heard there is no doubt: an installation that only takes files has nobody to ask.
ClockDoubt clock_doubt(const ClockEvidence& evidence, Time now);

} // namespace skurd

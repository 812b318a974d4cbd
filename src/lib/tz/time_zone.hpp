#pragma once

#include "base/clock.hpp"

#include <string>

namespace skurd {

/// A place's clock, by the system's time-zone data (Howard Hinnant's date/tz). A cheap value.
class TimeZone {
public:
    /// Throws Error (usage) for a name that is not in the system's data: "Europe/Oslo" is, "Oslo" is not.
    static TimeZone find(const std::string& name);

    /// How far a place's clock is ahead of UTC, and when that changes next.
    struct Offset {
        std::chrono::seconds ahead{};
        Time until{};
    };

    Offset offset_at(Time time) const;
    std::chrono::local_seconds to_local(Time time) const;
    /// A local time that the clock skips in spring is the first instant after the gap; one that comes twice in autumn
    /// is the earlier.
    Time to_utc(std::chrono::local_seconds local) const;

private:
    explicit TimeZone(const void* zone) : zone_(zone) {}

    const void* zone_; ///< a date::time_zone, owned by the library for the life of the program
};

} // namespace skurd

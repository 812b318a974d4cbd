#pragma once

#include "base/clock.hpp"
#include "connectors/connector.hpp"
#include "lib/tz/time_zone.hpp"

#include <string>

namespace skurd {

/// The hours of a day in which a source's figures are unreliable, on the clock of its place.
class BlackoutWindow {
public:
    /// Throws Error (usage) for an unknown time zone.
    explicit BlackoutWindow(const BlackoutHours& hours);

    bool contains(Time time) const;
    /// When a job that is deferred at that time may run: five minutes after the end. `time` itself outside the hours.
    Time earliest_run(Time time) const;
    std::string text() const; ///< "between 05:00 and 08:15 Europe/Oslo"

private:
    BlackoutHours hours_;
    TimeZone zone_;
};

} // namespace skurd

#pragma once

#include "config/cron.hpp"
#include "lib/tz/time_zone.hpp"

#include <optional>

namespace skurd {

/// When a release is expected of which the day is known: the job's file states it, or the source announced it.
struct ExpectedRelease {
    Time at{};
    Time late_from{}; ///< from when on it is overdue

    bool operator==(const ExpectedRelease&) const = default;
};

/// The due times of one schedule as instants. A due time is a wall time with its distance from UTC, so a clock that
/// is put forward or back neither drops nor doubles one: a schedule that names every hour goes on every hour as time
/// passes; of any other, a time that the clock skips comes at the end of the gap, and one that comes twice comes
/// once.
class DueTimes {
public:
    DueTimes(const Cron& cron, TimeZone zone) : cron_(cron), zone_(zone) {}

    /// The first due time after that instant; nothing where none comes within five years. While a release is
    /// expected: the first of each week until a day before it; then often (Cron::densely) until it is overdue; then
    /// as the schedule says.
    std::optional<Time> next_after(Time after, const std::optional<ExpectedRelease>& expected = {}) const;

private:
    using Step = std::optional<std::chrono::local_seconds> (Cron::*)(std::chrono::local_seconds) const;

    std::optional<Time> next_of(const Cron& cron, Step step, Time after) const;
    std::optional<Time> next_hourly(const Cron& cron, Step step, Time after) const;

    Cron cron_;
    TimeZone zone_;
};

} // namespace skurd

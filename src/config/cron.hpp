#pragma once

#include <bitset>
#include <chrono>
#include <optional>
#include <string_view>

namespace skurd {

/// A five-field cron expression on the clock of one place: minute, hour, day of month, month, day of week.
/// `*`, numbers, lists, ranges, steps (`*/15`, `8-16/2`) and English names (mon, jan) as in crontab(5); where both
/// day fields are restricted, either suffices; Sunday is 0 or 7. Knows nothing of time zones: see
/// daemon/due_times.hpp.
class Cron {
public:
    /// Throws Error (usage) that names the field and what is wrong with it.
    static Cron parse(std::string_view text);

    /// The first matching minute after the given one; nothing when none comes within five years (30 February).
    std::optional<std::chrono::local_seconds> next_after(std::chrono::local_seconds time) const;

    /// The first of these minutes in each week (from Monday on): after the given one, nothing as above.
    std::optional<std::chrono::local_seconds> next_weekly_after(std::chrono::local_seconds time) const;

    bool is_hourly() const { return hours_.all(); } ///< whether it names every hour of its days

    /// The same times of day on every day, and again in each of the six hours that follow each of them.
    Cron densely() const;

private:
    static constexpr std::size_t dense_hours = 6;

    bool matches_day(std::chrono::local_days day) const;

    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<32> days_;
    std::bitset<13> months_;
    std::bitset<7> weekdays_;
    bool any_day_ = true;
    bool any_weekday_ = true;
};

} // namespace skurd

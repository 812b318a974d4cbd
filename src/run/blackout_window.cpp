#include "run/blackout_window.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

using std::chrono::minutes;

constexpr minutes margin{5}; ///< after the end, before a job runs

std::string clock_text(minutes time)
{
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

} // namespace

BlackoutWindow::BlackoutWindow(const BlackoutHours& hours) : hours_(hours), zone_(TimeZone::find(hours.timezone)) {}

bool BlackoutWindow::contains(Time time) const
{
    const auto local = zone_.to_local(time);
    const auto since_midnight = local - std::chrono::floor<std::chrono::days>(local);
    return since_midnight >= hours_.from && since_midnight < hours_.until;
}

Time BlackoutWindow::earliest_run(Time time) const
{
    if (!contains(time))
        return time;
    const auto day = std::chrono::floor<std::chrono::days>(zone_.to_local(time));
    return zone_.to_utc(day + hours_.until + margin);
}

std::string BlackoutWindow::text() const
{
    return fmt::format("between {} and {} {}", clock_text(hours_.from), clock_text(hours_.until), hours_.timezone);
}

} // namespace skurd

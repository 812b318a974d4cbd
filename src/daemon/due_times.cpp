// From minutes on a wall to instants.
//
// A schedule that names every hour is followed as time passes: within a stretch of one distance from UTC, the wall
// time after now names the next instant; where that lies beyond the stretch, it is looked for from the first wall
// time of the next one. So half an hour before a clock is put back, "*/30" is due half an hour later, and again half
// an hour after that, at wall times that were there already.
//
// Any other schedule is followed on the wall: each of its times stands for one instant, the first that it can mean.
#include "daemon/due_times.hpp"

namespace skurd {

namespace {

constexpr auto near = std::chrono::days(1); ///< before an expected release: some come early

} // namespace

std::optional<Time> DueTimes::next_hourly(const Cron& cron, Step step, Time after) const
{
    constexpr int changes_max = 16; // more than the clocks of any place change in five years
    auto local = zone_.to_local(after);
    auto offset = zone_.offset_at(after);
    for (int changes = 0; changes < changes_max; ++changes) {
        const auto next = (cron.*step)(local);
        if (!next)
            return std::nullopt;
        const Time due(next->time_since_epoch() - offset.ahead);
        if (due < offset.until)
            return due;
        const auto change = offset.until;
        offset = zone_.offset_at(change);
        local = std::chrono::local_seconds(change.time_since_epoch() + offset.ahead - std::chrono::seconds(1));
    }
    return std::nullopt;
}

std::optional<Time> DueTimes::next_of(const Cron& cron, Step step, Time after) const
{
    if (cron.is_hourly())
        return next_hourly(cron, step, after);
    // Where the clock is set back, local times come twice: go on until the instant lies ahead.
    auto local = zone_.to_local(after);
    while (const auto next = (cron.*step)(local)) {
        if (const auto due = zone_.to_utc(*next); due > after)
            return due;
        local = *next;
    }
    return std::nullopt;
}

std::optional<Time> DueTimes::next_after(Time after, const std::optional<ExpectedRelease>& expected) const
{
    if (!expected)
        return next_of(cron_, &Cron::next_after, after);
    const auto just_before = [](Time time) { return time - std::chrono::seconds(1); };
    const auto dense_from = expected->at - near;
    if (after < just_before(dense_from)) {
        const auto rare = next_of(cron_, &Cron::next_weekly_after, after);
        if (rare && *rare < dense_from)
            return rare;
        after = just_before(dense_from);
    }
    if (after < just_before(expected->late_from)) {
        const auto dense = next_of(cron_.densely(), &Cron::next_after, after);
        if (dense && *dense < expected->late_from)
            return dense;
        after = just_before(expected->late_from);
    }
    return next_of(cron_, &Cron::next_after, after);
}

} // namespace skurd

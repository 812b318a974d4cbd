// What is owed, from a due time to its success.
//
//   settled ----- due ------ due ------ due ---- now
//                  ^ owed since         ^ newest: a failed try is repeated 5, 10, 20 ... minutes after the last;
//                                         a new due time is tried at once, and the gaps begin anew
//
// Several due times that passed owe one run, which settles all up to its beginning. Nothing lapses: a window that
// ends without success is followed by that of the next due time, and with a release expected the due times themselves
// are dense until it is overdue. What a failed try may not do is to come again without a gap, whatever the clock
// says.
#include "daemon/due_plan.hpp"

#include <algorithm>
#include <cmath>

namespace skurd {

using std::chrono::seconds;

namespace {

constexpr auto clock_slack = std::chrono::hours(1);
constexpr seconds blackout_most = std::chrono::hours(6); ///< that a run is put later by one
constexpr int doublings_max = 20;
constexpr int part_of_interval = 4; ///< jobs that are due often are not spread beyond that part of the time between

Time outside_blackout(const DueRules& rules, Time time)
{
    return rules.blackout ? rules.blackout->earliest_run(time) : time;
}

/// That time, or the end of the blackout hours that it is now.
Time open_from(const DueRules& rules, Time time, Time now)
{
    const auto open = outside_blackout(rules, now);
    return open > now ? std::max(time, open) : time;
}

/// When the run for a due time begins: the job's own place in the spread later.
Time start_of(const DueRules& rules, Time due)
{
    auto spread = rules.settings.spread;
    if (const auto next = rules.times.next_after(due, rules.expected))
        spread = std::min<seconds>(spread, (*next - due) / part_of_interval);
    const seconds offset(std::llround(std::floor(rules.place * static_cast<double>(spread.count()))));
    return outside_blackout(rules, outside_blackout(rules, due) + offset);
}

/// The jobs of a source that fails all at once do not return all at once.
seconds gap_after(const DueRules& rules, int tries)
{
    const auto doublings = std::clamp(tries - 1, 0, doublings_max);
    const auto gap = std::min(rules.settings.retry_first * (1 << doublings), rules.settings.retry_most);
    return gap + seconds(std::llround(rules.place * static_cast<double>(gap.count()) / part_of_interval));
}

std::optional<Time> window_end(const DueRules& rules, Time due)
{
    const auto next = rules.times.next_after(due, rules.expected);
    return next && rules.expected ? std::max(*next, rules.expected->late_from) : next;
}

/// When what was due after the last failed try begins.
std::optional<Time> next_window(const DueRules& rules, const DueState& state)
{
    if (!state.tried_at)
        return std::nullopt;
    // A due time whose run the spread or the blackout puts later has not been tried yet, though it lies before the
    // try.
    const auto before = *state.tried_at - rules.settings.spread - (rules.blackout ? blackout_most : seconds(0));
    for (auto due = rules.times.next_after(std::max(before, state.settled_until), rules.expected); due;
         due = rules.times.next_after(*due, rules.expected))
        if (const auto start = start_of(rules, *due); start > *state.tried_at)
            return start;
    return std::nullopt;
}

} // namespace

std::optional<DuePlan> plan_due(const DueRules& rules, const DueState& state, Time now)
{
    const auto seen = with_clock(state, now);
    const auto due = rules.times.next_after(seen.settled_until, rules.expected);
    if (!due)
        return std::nullopt;
    const auto start = start_of(rules, *due);
    if (*due > now || (start > now && !seen.tried_at))
        return DuePlan{DuePlan::Why::due, *due, start, {}};
    if (!seen.tried_at)
        return DuePlan{DuePlan::Why::owed, *due, open_from(rules, start, now), window_end(rules, *due)};
    auto again = *seen.tried_at + gap_after(rules, seen.tries);
    if (const auto fresh = next_window(rules, seen))
        again = std::min(again, *fresh);
    return DuePlan{DuePlan::Why::failed, *due, open_from(rules, outside_blackout(rules, again), now),
                   window_end(rules, *due)};
}

DueState with_clock(const DueState& state, Time now)
{
    DueState seen = state;
    if (seen.settled_until > now + clock_slack)
        seen.settled_until = now;
    if (seen.tried_at && *seen.tried_at > now + clock_slack)
        seen.tried_at = now;
    return seen;
}

DueState after_success(const DueState& state, Time began)
{
    return {std::max(state.settled_until, began), std::nullopt, 0};
}

DueState after_failure(const DueRules& rules, const DueState& state, Time began, Time ended)
{
    const auto fresh = next_window(rules, state);
    const bool is_new = !state.tried_at || (fresh && *fresh <= began);
    return {state.settled_until, ended, is_new ? 1 : state.tries + 1};
}

} // namespace skurd

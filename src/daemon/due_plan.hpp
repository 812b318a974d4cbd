#pragma once

#include "daemon/due_times.hpp"
#include "model/due_state.hpp"
#include "run/blackout_window.hpp"

#include <chrono>
#include <optional>

namespace skurd {

/// The part of the configuration's section [jobs] that says how what is due is run.
struct DueSettings {
    std::chrono::seconds retry_first = std::chrono::minutes(5); ///< after the first failed try of a due time
    std::chrono::seconds retry_most = std::chrono::hours(6);    ///< twice as long after each, up to this
    std::chrono::seconds spread = std::chrono::minutes(10);     ///< jobs that are due at once begin within it
};

/// What decides when one job runs, but for what has happened.
struct DueRules {
    DueTimes times;
    std::optional<BlackoutWindow> blackout{};
    std::optional<ExpectedRelease> expected{};
    double place = 0; ///< of the job in the spread, from 0 up to 1: always the same for one job
    DueSettings settings{};
};

/// What the scheduler will do with a job.
struct DuePlan {
    enum class Why {
        due,    ///< its next due time has not passed
        owed,   ///< a due time has passed, and no run was made for it
        failed, ///< runs were made for it, without success
    };

    Why why = Why::due;
    Time due{};    ///< the next due time, or the first of those that are owed
    Time run_at{}; ///< when the next run is made: `now` or earlier where it should have begun
    /// Of what is owed: when its window ends, that is the next due time, or a release that is expected is overdue.
    std::optional<Time> window_ends{};
};

// These know no clock and no store, and have no state.

/// What to do with a job at that time; nothing where no due time comes.
std::optional<DuePlan> plan_due(const DueRules& rules, const DueState& state, Time now);

/// The state where the clock was set back: what lies in a future that has not come is not settled. By up to an hour
/// it is believed, since those due times have had their run.
DueState with_clock(const DueState& state, Time now);

/// The state once a run that began then has met what was due.
DueState after_success(const DueState& state, Time began);

/// The state once a run that began and ended then has not.
DueState after_failure(const DueRules& rules, const DueState& state, Time began, Time ended);

} // namespace skurd

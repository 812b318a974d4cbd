#pragma once

#include "flag/flag_reconciler.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What is said of when a job's dataset is published. schedules/README.md explains it to people.
struct Calendar {
    std::optional<Time> next{};      ///< in the job: next_publication
    std::optional<Time> announced{}; ///< by the source, with its newest release
    std::optional<int> every_days{}; ///< in the job: expects; 0 = no more, "never"
    std::string every{};             ///< as the job says it: "yearly"
    std::optional<int> grace_days{}; ///< in the job; nothing = by what the expectation rests on
    bool may_learn = true;           ///< from the releases there are
};

/// A publication that is to come.
struct Expectation {
    enum class Basis { job_date, source_date, job_cadence, learnt };
    Basis basis = Basis::learnt;
    Time at{};        ///< when it is expected
    Time late_from{}; ///< from when on it is overdue
    int every_days = 0;
    std::size_t releases = 0; ///< that it was learnt from
};

/// The first that holds: the date in the job, unless a release came from seven days before it on; the date the source
/// announced, unless a release came since; the newest release and the job's cadence; the same and the median time
/// between at least three releases. A release sooner after another than a quarter of the cadence (of the longest time
/// between the last nine, where it is learnt) is a correction of that, and no release of its own. Nothing where there
/// is nothing to go by. `releases` are publication times in any order.
std::optional<Expectation> expectation_of(const Calendar& calendar, std::vector<Time> releases);

/// "overdue/<job>"; nothing while it is not late. `newest` is the newest release, where there is one.
std::optional<FlagCause> overdue_cause(const std::string& job, const std::string& dataset, const Calendar& calendar,
                                       const Expectation& expected, std::optional<Time> newest, Time now);

} // namespace skurd

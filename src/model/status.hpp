#pragma once

#include "base/clock.hpp"
#include "model/run.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// A job as it stands: what its file says, when it is due, how its runs went.
struct JobStatus {
    std::string job;
    std::string connector;
    bool enabled = true;
    std::string unconfirmed; ///< why nobody has checked it at its source yet; "" where somebody has
    std::string schedule;    ///< five-field cron; "" = by hand
    std::string timezone;
    std::optional<Time> next_due;   ///< nothing for a job that is disabled or run by hand, or owes a run
    std::optional<Time> next_run;   ///< when the scheduler runs it; a time that has passed where it should have begun
    std::optional<Time> owed_since; ///< the first due time that no run has met yet
    int tries = 0;                  ///< for what is owed, without success
    std::optional<Time> expected;   ///< the release that is to come, which its polls are close to or far from
    SourceHealth health;            ///< without a run where it never ran
};

/// Whether all is well with an installation, and what is not.
struct Status {
    std::string state; ///< the state folder
    std::vector<JobStatus> jobs;
    std::vector<std::string> wrong; ///< one sentence each; empty when all is well
    std::size_t vintages = 0;
    std::size_t open_flags = 0; ///< acknowledged ones too
    std::size_t quarantined = 0;
    std::vector<std::string> notes{}; ///< what is not wrong, but better known: one sentence each
};

} // namespace skurd

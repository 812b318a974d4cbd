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
    std::optional<Time> next_due; ///< nothing for a job that is disabled or run by hand
    SourceHealth health;          ///< without a run where it never ran
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

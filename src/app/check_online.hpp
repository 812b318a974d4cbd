#pragma once

#include "app/context.hpp"
#include "run/jobs.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What `skurd check --online` is to do.
struct OnlineOptions {
    enum class Apply { no, yes };

    std::vector<std::string> jobs; ///< ids; empty = all
    bool all = false;              ///< all of them, said aloud: then there is a summary
    Apply apply = Apply::no;       ///< carry out in the job files what the sources say
    std::string record;            ///< a folder for what was asked and answered; "" = it is not recorded
};

/// Asks the source of each job whether it has what the job names, one job after another, and prints what it says as
/// it comes. Throws Error (usage) for a folder that is not empty.
ExitCode check_online(Context& context, const OnlineOptions& options, const JobList& list);

} // namespace skurd

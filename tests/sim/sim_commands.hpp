#pragma once

#include "base/clock.hpp"

#include <memory>
#include <string>
#include <vector>

namespace skurd::sim {

/// A simulator started by hand; it ends with the object.
struct StartedSim {
    std::string name;
    std::string url;
    std::shared_ptr<void> server; ///< shared only because nothing else destroys what it does not know the type of
};

/// What `skurd-sim WORDS…` starts. Without the name of a simulator it is a statbank. Throws Error (usage). The clock
/// must outlive what is started.
std::vector<StartedSim> start_sims(const std::vector<std::string>& words, Clock& clock);

std::string sim_help(); ///< `skurd-sim --help`: all simulators, options and faults

} // namespace skurd::sim

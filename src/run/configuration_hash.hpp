#pragma once

#include "config/installation.hpp"
#include "model/indicator.hpp"
#include "run/jobs.hpp"

#include <string>

namespace skurd {

/// A number by which the daemon and others know whether they go by the same configuration file, jobs and catalogue,
/// read by the same version of skurd. What the environment says of the configuration is left out.
std::string configuration_hash(const Installation& installation, const JobList& list, const Catalogue& catalogue);

} // namespace skurd

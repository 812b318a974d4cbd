#pragma once

#include "config/installation.hpp"
#include "model/configuration_version.hpp"
#include "model/indicator.hpp"
#include "run/jobs.hpp"

#include <string>

namespace skurd {

/// A number by which the daemon and others know whether they go by the same configuration file, jobs and catalogue,
/// read by the same version of skurd. What the environment says of the configuration is left out.
std::string configuration_hash(const Installation& installation, const JobList& list, const Catalogue& catalogue);

/// That number, and the texts: the keys that the configuration's file sets, each job with its layout profile, the
/// files of the catalogue. What may be a secret is not among them: those lie in files of their own or in the
/// environment, passwords in addresses are hidden, and of addresses that messages go to only the host is there. Once
/// the configuration's keys were read.
WorkedBy worked_by(const Installation& installation, const JobList& list, const Catalogue& catalogue);

} // namespace skurd

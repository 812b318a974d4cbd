#pragma once

#include "connectors/connector.hpp"

#include <memory>

namespace skurd {

/// Sums of the Norwegian state accounts, from the files that DFØ publishes. README.md explains the keys and what is
/// asked.
///
/// Requests of a run: one file, or one for each year until there is none. Nothing is remembered.
std::unique_ptr<Connector> create_dfo(JobSections& sections);

} // namespace skurd

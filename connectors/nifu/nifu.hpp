#pragma once

#include "connectors/connector.hpp"

#include <memory>

namespace skurd {

/// The statistics on research and development that NIFU made until 2021 and Statistics Norway makes since, by one of
/// three routes: Statistics Norway's tables, exported files at addresses that the job names, or files that arrive.
/// README.md explains the keys.
std::unique_ptr<Connector> create_nifu(JobSections& sections);

} // namespace skurd

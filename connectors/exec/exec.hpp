#pragma once

#include "connectors/connector.hpp"

namespace skurd {

/// What a program prints: README.md explains the keys.
std::unique_ptr<Connector> create_exec(JobSections& sections);

} // namespace skurd

#pragma once

#include "connectors/connector.hpp"

namespace skurd {

/// Files that arrive in a folder or are given by hand: README.md explains the keys.
std::unique_ptr<Connector> create_drop(JobSections& sections);

} // namespace skurd

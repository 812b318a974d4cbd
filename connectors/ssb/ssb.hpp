#pragma once

#include "connectors/connector.hpp"

#include <memory>

namespace skurd {

/// A table of Statistics Norway through PxWebApi v2. README.md explains the keys and what is asked.
///
/// Requests of a run: the table's description, its metadata, then the data (one request; a selection too large for
/// one will be several). The publication time is the table's `updated`. State kept: "updated", "selection".
std::unique_ptr<Connector> create_ssb(JobSections& sections);

} // namespace skurd

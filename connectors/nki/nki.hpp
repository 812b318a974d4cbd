#pragma once

#include "connectors/connector.hpp"

#include <memory>

namespace skurd {

/// A national quality indicator of Helsedirektoratet through its API. README.md explains the keys and what is asked.
///
/// Requests of a run: the list of indicators, the data of one, and its attached file where it has no data of its own.
/// State: "indicator" and "title" as first seen.
std::unique_ptr<Connector> create_nki(JobSections& sections);

} // namespace skurd

#pragma once

#include "connectors/connector.hpp"

#include <memory>

namespace skurd {

/// A table of the Norwegian Institute of Public Health through its Statistikk Open API. README.md explains the keys
/// and what is asked.
///
/// Requests of a run: what was modified lately at the source, or, at first status and once a week, the whole list of
/// its tables; and, when the table is new there or an audit is due, its dimensions, its data, and the legend of its
/// symbols where the data have none. State: status.hpp.
std::unique_ptr<Connector> create_fhi(JobSections& sections);

std::unique_ptr<SourceBrowser> browse_fhi(const BrowseSettings& settings);

} // namespace skurd

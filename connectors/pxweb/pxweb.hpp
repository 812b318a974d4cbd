#pragma once

#include "connectors/connector.hpp"
#include "connectors/pxweb/settings.hpp"

#include <memory>

namespace skurd {

/// A table of a statistical office that runs PxWeb, through PxWebApi v2 or v1. README.md explains the keys, what is
/// asked and what is remembered.
std::unique_ptr<Connector> make_pxweb(PxwebSettings settings);

std::unique_ptr<Connector> create_pxweb(JobSections& sections);
std::unique_ptr<Connector> create_ssb(JobSections& sections); ///< the same with Statistics Norway's defaults

std::unique_ptr<SourceBrowser> browse_pxweb(const BrowseSettings& settings);
std::unique_ptr<SourceBrowser> browse_ssb(const BrowseSettings& settings);

} // namespace skurd

#pragma once

#include "base/embedded_file.hpp"
#include "serve/router.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The files of the folder `templates`, compiled in.
const std::vector<EmbeddedFile>& page_files();

/// Where a style sheet, script or picture is served: its name with a hash of its bytes, so that a browser asks for it
/// once and never shows a page with another one's.
const std::string& asset_path(const std::string& file);

/// The routes of them all.
std::vector<Route> asset_routes();

} // namespace skurd

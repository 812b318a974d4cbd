#pragma once

#include "serve/daemon_view.hpp"
#include "serve/router.hpp"

#include <vector>

namespace skurd {

/// The routes of health, status and metrics, as README.md of this folder describes them; the view outlives them.
std::vector<Route> health_routes(const DaemonView& view);

} // namespace skurd

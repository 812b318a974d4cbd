#pragma once

#include "api/store_reader.hpp"
#include "order/order_desk.hpp"
#include "page/page_host.hpp"
#include "serve/daemon_view.hpp"
#include "serve/router.hpp"

#include <vector>

namespace skurd {

/// The web page, as README.md of this folder describes it; all outlive the routes.
std::vector<Route> page_routes(StoreReader& reader, const PageHost& host, const DaemonView& view, OrderDesk& desk);

} // namespace skurd

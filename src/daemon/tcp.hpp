#pragma once

#include "daemon/workspace.hpp"
#include "order/order_desk.hpp"
#include "serve/serve_settings.hpp"
#include "serve/tcp_server.hpp"

#include <memory>
#include <vector>

namespace skurd {

/// Who is answered over TCP, with the token that stands in its file. Throws Error for a file that cannot be read,
/// that others than its owner can read, or whose token is too short to be one.
TcpAccess tcp_access(const ServeSettings& settings);

/// Serves over TCP where the configuration says so, and tells where; nothing where that is nowhere. An address of the
/// operator's that cannot be had is an Error; one that is only the default is told of and gone without. All three
/// outlive what is returned.
std::unique_ptr<TcpServer> serve_tcp(Workspace& workspace, OrderDesk& desk, const std::vector<Route>& routes);

} // namespace skurd

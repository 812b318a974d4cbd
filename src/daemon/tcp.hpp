#pragma once

#include "daemon/workspace.hpp"
#include "order/order_desk.hpp"
#include "serve/serve_settings.hpp"
#include "serve/tcp_server.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace skurd {

/// Who is answered over TCP, with the token that stands in its file. Throws Error for a file that cannot be read,
/// that others than its owner can read, or whose token is too short to be one.
TcpAccess tcp_access(const ServeSettings& settings);

/// Sockets that listen, by what they are for.
struct Listening {
    std::optional<FileDescriptor> control; ///< a Unix socket
    std::vector<TcpListener> tcp;
};

/// Throws Error for two Unix sockets, and for one that is neither of these.
Listening by_kind(std::vector<FileDescriptor> sockets);

/// Listens where the settings say. An address of the operator's that cannot be had is an Error; one that is only the
/// default is told of and gone without.
std::vector<TcpListener> listeners_of(const ServeSettings& settings);

/// Serves over TCP, and tells where: on those that listen already, else where the configuration says; nothing where
/// that is nowhere. An address of the operator's that cannot be had is an Error; one that is only the default is told
/// of and gone without. Workspace, desk and what the routes lead to outlive what is returned.
std::unique_ptr<TcpServer> serve_tcp(Workspace& workspace, OrderDesk& desk, const std::vector<Route>& routes,
                                     std::vector<TcpListener> listening = {});

} // namespace skurd

#include "serve/control_server.hpp"

namespace skurd {

ControlService::ControlService(OrderDesk& desk, const std::vector<Route>& more, std::chrono::milliseconds patience)
    : attached_(desk, patience), router_(joined(order_routes(desk, attached_), more))
{
}

ControlServer::ControlServer(const std::filesystem::path& socket, OrderDesk& desk, const ControlServerLimits& limits,
                             const std::vector<Route>& more)
    : listener_(socket), service_(desk, more, limits.events_asked_for),
      server_(listener_.descriptor(), service_, limits.server)
{
}

ControlServer::ControlServer(FileDescriptor listening, OrderDesk& desk, const ControlServerLimits& limits,
                             const std::vector<Route>& more)
    : listener_(std::move(listening)), service_(desk, more, limits.events_asked_for),
      server_(listener_.descriptor(), service_, limits.server)
{
}

} // namespace skurd

#include "serve/control_server.hpp"

namespace skurd {

ControlService::ControlService(OrderDesk& desk, std::chrono::milliseconds patience)
    : attached_(desk, patience), router_(order_routes(desk, attached_))
{
}

ControlServer::ControlServer(const std::filesystem::path& socket, OrderDesk& desk, const ControlServerLimits& limits)
    : listener_(socket), service_(desk, limits.events_asked_for),
      server_(listener_.descriptor(), service_, limits.server)
{
}

} // namespace skurd

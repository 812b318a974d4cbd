#pragma once

#include "serve/http_server.hpp"
#include "serve/order_routes.hpp"
#include "serve/unix_listener.hpp"

#include <filesystem>
#include <vector>

namespace skurd {

struct ControlServerLimits {
    HttpServerLimits server;
    std::chrono::milliseconds events_asked_for{5000}; ///< from when an attached order is taken
};

/// What is served on the control socket: the routes of orders over the desk, and more.
class ControlService final : public ServedService {
public:
    ControlService(OrderDesk& desk, const std::vector<Route>& more, std::chrono::milliseconds patience);

    std::variant<RequestTerms, HttpResponse> begin(const HttpRequest& head) override { return router_.begin(head); }
    HttpResponse answer(const HttpRequest& request) override { return router_.answer(request); }
    HttpResponse refuse(int status, const std::string& why) override { return error_response(status, why); }
    std::optional<HttpDaemon::TimePoint> pass_time(HttpDaemon::TimePoint now) override
    {
        return attached_.pass_time(now);
    }

private:
    AttachedOrders attached_;
    Router router_;
};

/// The daemon's end of `<state>/skurd.sock`: HTTP, on three threads of its own.
class ControlServer {
public:
    /// Serves from now on. `desk`, and what the further routes lead to, outlive the object. Throws Error when it
    /// cannot listen.
    ControlServer(const std::filesystem::path& socket, OrderDesk& desk, const ControlServerLimits& limits = {},
                  const std::vector<Route>& more = {});
    /// The same on a socket that the service manager has made.
    ControlServer(FileDescriptor listening, OrderDesk& desk, const ControlServerLimits& limits = {},
                  const std::vector<Route>& more = {});

    void wake() noexcept { server_.wake(); } ///< something happened at the desk; from any thread

private:
    UnixListener listener_;
    ControlService service_;
    HttpServer server_;
};

} // namespace skurd

#pragma once

#include "serve/http_server.hpp"
#include "serve/order_routes.hpp"
#include "serve/tcp_access.hpp"
#include "serve/tcp_listener.hpp"

#include <chrono>
#include <functional>
#include <vector>

namespace skurd {

/// What is served over TCP: the routes of the control socket, for those who read. A request that does not name us in
/// Host, as one that a page of somebody else's has sent, is refused, and so is one that writes without the token.
class TcpService final : public ServedService {
public:
    /// `access` is asked anew for each request, from any thread.
    TcpService(OrderDesk& desk, const std::vector<Route>& more, std::function<TcpAccess()> access,
               std::chrono::milliseconds patience);

    std::variant<RequestTerms, HttpResponse> begin(const HttpRequest& head) override;
    HttpResponse answer(const HttpRequest& request) override { return router_for(request).answer(request); }
    HttpResponse refuse(int status, const std::string& why) override { return error_response(status, why); }
    std::optional<HttpDaemon::TimePoint> pass_time(HttpDaemon::TimePoint now) override
    {
        return attached_.pass_time(now);
    }

private:
    const Router& router_for(const HttpRequest& request) const;

    const std::function<TcpAccess()> access_;
    AttachedOrders attached_; ///< orders that were given here
    AttachedOrders none_;     ///< of those who may not write: no order hangs on whether they read of it
    Router writing_;
    Router reading_;
};

struct TcpServerLimits {
    HttpServerLimits server{{}, 200};
    std::chrono::milliseconds events_asked_for{5000}; ///< as on the control socket
};

/// HTTP over TCP, on three threads of its own, so that whatever happens here the control socket is served.
class TcpServer {
public:
    /// Serves from now on. `desk`, and what the further routes lead to, outlive the object. Throws Error.
    TcpServer(std::vector<TcpListener> listeners, OrderDesk& desk, const std::vector<Route>& more,
              std::function<TcpAccess()> access, const TcpServerLimits& limits = {});

    void wake() noexcept { server_.wake(); } ///< something happened at the desk; from any thread

private:
    std::vector<TcpListener> listeners_;
    TcpService service_;
    HttpServer server_;
};

} // namespace skurd

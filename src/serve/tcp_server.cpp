// Why Host is looked at: a page of somebody else's, open in a browser on this machine, may have its own name lead to
// 127.0.0.1 and then read what is answered there as its own (DNS rebinding). The name it gives is its own all the
// same. No answer allows other origins to read it, and no page can send the header Authorization unasked.
#include "serve/tcp_server.hpp"

#include "base/text.hpp"
#include "lib/openssl/same_secret.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

/// The name or address in Host, in lower case, without the port: "localhost", "::1".
std::string name_in(const std::string& host)
{
    auto name = to_lower(trim(host));
    if (name.starts_with('['))
        return name.substr(1, name.find(']') == std::string::npos ? 0 : name.find(']') - 1);
    name.erase(std::min(name.find(':'), name.size()));
    if (name.ends_with('.')) // as fully qualified names may be written
        name.pop_back();
    return name;
}

bool is_ours(const std::string& name, const HttpRequest& head, const TcpAccess& access)
{
    return !name.empty() && (name == "localhost" || name.ends_with(".localhost") || name == "127.0.0.1" ||
                             name == "::1" || name == head.local_address ||
                             std::find(access.hosts.begin(), access.hosts.end(), name) != access.hosts.end());
}

/// What follows "Bearer"; nothing where the header says something else.
std::optional<std::string> token_in(const std::string& authorization)
{
    constexpr std::string_view scheme = "bearer ";
    if (to_lower(authorization.substr(0, scheme.size())) != scheme)
        return std::nullopt;
    return std::string(trim(std::string_view(authorization).substr(scheme.size())));
}

bool has_token(const HttpRequest& request, const TcpAccess& access)
{
    const auto given = token_in(request.authorization);
    return given && !access.token.empty() && is_same_secret(*given, access.token);
}

HttpResponse ask_for_token(const std::string& why)
{
    auto response = error_response(401, why);
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"skurd\"");
    return response;
}

bool is_reading(const HttpRequest& head)
{
    return head.method == "GET" || head.method == "HEAD";
}

/// Why a request is not taken, as an answer; nothing where it is, or where its handler decides.
std::optional<HttpResponse> objection_to(const HttpRequest& head, const TcpAccess& access, Route::Guard guard)
{
    if (!head.host)
        return error_response(400, "one header Host is wanted");
    if (!is_ours(name_in(*head.host), head, access))
        return error_response(421,
                              fmt::format("nobody here is called '{}': use the address, or name it in [serve] hosts",
                                          excerpt(*head.host)));
    if (has_token(head, access))
        return std::nullopt;
    if (!head.authorization.empty() && !access.token.empty())
        return ask_for_token("the token is another one");
    if (is_reading(head) || guard == Route::Guard::handler)
        return std::nullopt;
    if (access.is_file)
        return error_response(403, "this is a file that is served for reading: nothing can be written to it");
    if (access.token.empty())
        return error_response(403,
                              "over TCP skurd is only read: to write here too, name a file with a token in [serve] "
                              "token_file, or use the control socket, skurd.sock in the state folder");
    return ask_for_token("who writes over TCP gives the token: Authorization: Bearer TOKEN");
}

} // namespace

TcpService::TcpService(OrderDesk& desk, const std::vector<Route>& more, std::function<TcpAccess()> access,
                       std::chrono::milliseconds patience)
    : access_(std::move(access)), attached_(desk, patience), none_(desk, patience),
      writing_(joined(order_routes(desk, attached_), more)),
      reading_(joined(order_routes(desk, none_, [this] { return access_().names; }), more))
{
}

const Router& TcpService::router_for(const HttpRequest& request) const
{
    return !is_reading(request) || has_token(request, access_()) ? writing_ : reading_;
}

std::variant<RequestTerms, HttpResponse> TcpService::begin(const HttpRequest& head)
{
    if (auto objection = objection_to(head, access_(), reading_.guard_of(head)))
        return std::move(*objection);
    return router_for(head).begin(head);
}

TcpServer::TcpServer(std::vector<TcpListener> listeners, OrderDesk& desk, const std::vector<Route>& more,
                     std::function<TcpAccess()> access, const TcpServerLimits& limits)
    : listeners_(std::move(listeners)), service_(desk, more, std::move(access), limits.events_asked_for),
      server_(
          [this] {
              std::vector<int> descriptors;
              descriptors.reserve(listeners_.size());
              for (const auto& listener : listeners_)
                  descriptors.push_back(listener.descriptor());
              return descriptors;
          }(),
          service_, limits.server)
{
}

} // namespace skurd

#include "serve/router.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::size_t path_bytes_max = 2048;

/// Whether a path is that of a route; then what stands for its variables.
std::optional<std::string> matches_route(std::string_view pattern, std::string_view path)
{
    if (pattern.find('{') == std::string_view::npos)
        return pattern == path ? std::optional<std::string>("") : std::nullopt;
    const auto wanted = split(pattern, '/');
    const auto parts = split(path, '/');
    if (wanted.size() != parts.size())
        return std::nullopt;
    std::vector<std::string> found;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_variable = wanted[i].starts_with('{');
        if (is_variable ? parts[i].empty() : wanted[i] != parts[i])
            return std::nullopt;
        if (is_variable)
            found.emplace_back(parts[i]);
    }
    return join(found, "/");
}

/// The answer to HEAD: its headers as they are for GET; of a body whose size is not known yet no size is told.
class NoBytes final : public HttpStream {
public:
    std::optional<std::string> next() override { return std::nullopt; }
};

HttpResponse without_body(HttpResponse response)
{
    if (!response.produce && !response.stream)
        return response; // the library leaves the body out, and tells its size
    response.produce = nullptr;
    response.stream = std::make_unique<NoBytes>();
    return response;
}

bool is_for(const Route& route, const std::string& method)
{
    return route.method == method || (method == "HEAD" && route.method == "GET" && route.has_head);
}

/// A kind of body, and how many bytes of it a route takes.
struct BodyKind {
    std::string_view type;
    std::size_t Route::*bytes_max;
};
constexpr std::array<BodyKind, 3> body_kinds = {{{"application/json", &Route::json_max},
                                                 {"multipart/form-data", &Route::form_max},
                                                 {"application/x-www-form-urlencoded", &Route::fields_max}}};

bool takes_body(const Route& route)
{
    return std::any_of(body_kinds.begin(), body_kinds.end(),
                       [&](const BodyKind& kind) { return route.*kind.bytes_max > 0; });
}

HttpResponse refuse_type(const Route& route, const HttpRequest& head)
{
    std::vector<std::string> wanted;
    for (const auto& kind : body_kinds)
        if (route.*kind.bytes_max > 0)
            wanted.emplace_back(kind.type);
    return error_response(415, fmt::format("{} {}: a body of Content-Type {} is wanted, this one is of {}",
                                           route.method, route.path, join(wanted, " or "),
                                           head.content_type.empty() ? "none" : excerpt(head.content_type)));
}

/// How many bytes a body of the stated type may have; 0 = none is taken.
std::size_t bytes_of_type(const Route& route, const std::string& type)
{
    const auto* kind =
        std::find_if(body_kinds.begin(), body_kinds.end(), [&](const BodyKind& one) { return one.type == type; });
    return kind == body_kinds.end() ? 0 : route.*kind->bytes_max;
}

} // namespace

std::vector<Route> joined(std::vector<Route> routes, const std::vector<Route>& more)
{
    routes.insert(routes.end(), more.begin(), more.end());
    return routes;
}

HttpResponse json_response(int status, const Json& json)
{
    HttpResponse response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
    response.body = json_line(json) + "\n";
    return response;
}

HttpResponse error_response(int status, const std::string& text, ExitCode exit)
{
    return json_response(status, {{"error", text}, {"exit", static_cast<int>(exit)}});
}

Router::Found Router::find(const HttpRequest& request) const
{
    Found found;
    for (const auto& route : routes_) {
        auto id = matches_route(route.path, request.path);
        if (!id)
            continue;
        if (is_for(route, request.method))
            return {&route, std::move(*id), ""};
        found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(route.method) +
                         (route.method == "GET" && route.has_head ? ", HEAD" : "");
    }
    return found;
}

std::variant<RequestTerms, HttpResponse> Router::begin(const HttpRequest& head) const
{
    if (head.path.size() > path_bytes_max)
        return error_response(414, fmt::format("a path has {} bytes at most", path_bytes_max));
    const auto [route, id, allowed] = find(head);
    if (!route && allowed.empty())
        return error_response(404, fmt::format("there is nothing at {}", excerpt(head.path)));
    if (!route) {
        auto refusal = error_response(
            405, fmt::format("{} is not for {}; use {}", excerpt(head.path), excerpt(head.method), allowed));
        refusal.headers.emplace_back("Allow", allowed);
        return refusal;
    }
    const bool wants_body = takes_body(*route);
    if (head.is_chunked || (wants_body && !head.content_length))
        return error_response(411, "the length of the body is to be stated (Content-Length)");
    const auto size = head.content_length.value_or(0);
    const auto size_max = bytes_of_type(*route, head.content_type);
    if (wants_body && size_max == 0)
        return refuse_type(*route, head);
    if (size > size_max)
        return error_response(
            413, fmt::format("the body has {} bytes; {} {} takes {}", size, route->method, route->path, size_max));
    return RequestTerms{size_max, route->parts_max, route->answering};
}

Route::Guard Router::guard_of(const HttpRequest& head) const
{
    const auto found = find(head);
    return found.route ? found.route->guard : Route::Guard::server;
}

HttpResponse Router::answer(const HttpRequest& request) const
{
    const auto found = find(request);
    try {
        auto response = found.route->handler(request, found.id);
        return request.method == "HEAD" ? without_body(std::move(response)) : std::move(response);
    } catch (const std::exception& failure) { // the edge of a request
        return error_response(500, full_message(failure), exit_code(failure));
    }
}

} // namespace skurd

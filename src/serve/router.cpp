#include "serve/router.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::string_view variable = "{id}";

/// Whether a path is that of a route; then what stands for its variable.
std::optional<std::string> matches_route(std::string_view pattern, std::string_view path)
{
    const auto at = pattern.find(variable);
    if (at == std::string_view::npos)
        return pattern == path ? std::optional<std::string>("") : std::nullopt;
    const auto before = pattern.substr(0, at);
    const auto after = pattern.substr(at + variable.size());
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
        return std::nullopt;
    std::string id(path.substr(before.size(), path.size() - before.size() - after.size()));
    return id.find('/') == std::string::npos ? std::optional(std::move(id)) : std::nullopt;
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
        if (route.method == request.method)
            return {&route, std::move(*id), ""};
        found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    return found;
}

std::variant<RequestTerms, HttpResponse> Router::begin(const HttpRequest& head) const
{
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
        return found.route->handler(request, found.id);
    } catch (const std::exception& failure) { // the edge of a request
        return error_response(500, full_message(failure), exit_code(failure));
    }
}

} // namespace skurd

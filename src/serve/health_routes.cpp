#include "serve/health_routes.hpp"

#include "base/text.hpp"
#include "serve/metrics.hpp"
#include "view/status_json.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

HttpResponse text_response(int status, const std::string& body, std::string_view type = "text/plain; charset=utf-8")
{
    HttpResponse response;
    response.status = status;
    response.headers = {{"Content-Type", std::string(type)}, {"Cache-Control", "no-store"}};
    response.body = body;
    return response;
}

HttpResponse healthz(const DaemonView& view)
{
    const auto liveness = view.liveness();
    if (liveness.is_alive())
        return text_response(200, "ok\n");
    return text_response(503,
                         fmt::format("the daemon's loop has not had its turn for {} s, and {} s is the most: see "
                                     "what has the store (`skurd orders`, SIGUSR1), or restart it\n",
                                     liveness.since_turn.count(), liveness.allowed.count()));
}

HttpResponse readyz(const DaemonView& view)
{
    const auto reasons = view.reasons_not_ready();
    return reasons.empty() ? text_response(200, "ready\n") : text_response(503, join(reasons, "\n") + "\n");
}

HttpResponse metrics(const DaemonView& view, const HttpRequest& request)
{
    const auto format = format_for(request.accept);
    return text_response(200, metrics_text(view.figures(), format), content_type(format));
}

} // namespace

std::vector<Route> health_routes(const DaemonView& view)
{
    constexpr auto reads = RequestTerms::Answering::may_wait; // for the disk
    return {
        {"GET", "/healthz", [&view](const HttpRequest&, const std::string&) { return healthz(view); }},
        {"GET", "/readyz", [&view](const HttpRequest&, const std::string&) { return readyz(view); }, 0, 0, reads},
        {"GET", "/metrics",
         [&view](const HttpRequest& request, const std::string&) { return metrics(view, request); }, 0, 0, reads},
        {"GET", "/api/v1/status",
         [&view](const HttpRequest&, const std::string&) { return json_response(200, to_json(view.status())); }, 0, 0,
         reads},
    };
}

} // namespace skurd

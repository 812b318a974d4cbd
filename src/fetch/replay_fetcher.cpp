#include "fetch/replay_fetcher.hpp"

#include "base/error.hpp"

namespace skurd {

std::optional<Response> ReplayFetcher::fetch(const Request& request, std::stop_token)
{
    if (responses_.empty()) {
        if (request.kind == Request::Kind::file)
            return std::nullopt;
        throw error("no response is left to replay for {} {}", request.method, request.url);
    }
    Response response = std::move(responses_.front());
    responses_.pop_front();
    return response;
}

} // namespace skurd

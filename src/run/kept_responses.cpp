#include "run/kept_responses.hpp"

#include "base/error.hpp"

namespace skurd {

std::vector<Response> kept_responses(const Store& store, std::int64_t run, Time received_at, Time modified_at)
{
    std::vector<Response> responses;
    for (const auto& hash : store.run_payloads(run)) {
        const auto kept = store.kept_payload(hash);
        Response response;
        response.url = kept.origin_url;
        response.media_type = kept.media_type;
        response.body = store.payload(hash);
        response.received_at = received_at;
        response.modified_at = modified_at;
        responses.push_back(std::move(response));
    }
    if (responses.empty())
        throw error("no payload of its run is kept");
    return responses;
}

} // namespace skurd

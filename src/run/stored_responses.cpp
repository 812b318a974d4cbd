#include "run/stored_responses.hpp"

#include "base/error.hpp"
#include "store/payload_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"

namespace skurd {

std::vector<Response> stored_responses(const StoreSession& store, std::int64_t run, Time received_at,
                                       Time modified_at)
{
    std::vector<Response> responses;
    for (const auto& hash : RunStore(store).payloads(run)) {
        const auto stored = PayloadStore(store).find(hash);
        Response response;
        response.url = stored.origin_url;
        response.media_type = stored.media_type;
        response.body = PayloadStore(store).bytes(hash);
        response.received_at = received_at;
        response.modified_at = modified_at;
        responses.push_back(std::move(response));
    }
    if (responses.empty())
        throw error("no payload of its run is stored");
    return responses;
}

} // namespace skurd

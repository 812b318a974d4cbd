#include "lib/microhttpd/http_service.hpp"

namespace skurd {

HttpResponse whole(HttpResponse response)
{
    if (!response.produce)
        return response;
    const auto produce = std::exchange(response.produce, nullptr);
    auto instead = produce([&](std::string_view bytes) { response.body += bytes; });
    return instead ? whole(std::move(*instead)) : std::move(response);
}

} // namespace skurd

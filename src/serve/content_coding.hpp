#pragma once

#include "lib/microhttpd/http_service.hpp"

#include <string_view>

namespace skurd {

/// Whether a client reads gzip, by the header Accept-Encoding of its request.
bool reads_gzip(std::string_view accept_encoding);

/// The response as gzip where the client reads that and it is worth it: text, of a kilobyte or more. Its ETag then
/// ends in "-gzip", since it is another sequence of bytes; `Vary` is said either way.
HttpResponse coded(HttpResponse response, const HttpRequest& request);

} // namespace skurd

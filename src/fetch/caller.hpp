#pragma once

#include "fetch/fetch_settings.hpp"
#include "lib/curl/curl_easy.hpp"

namespace skurd {

/// What every exchange of ours has: who asks, and the proxy that it goes through, if any. Throws as read_secret() for
/// the proxy's password.
void name_caller(const FetchSettings& settings, CurlExchange& exchange);

} // namespace skurd

#pragma once

#include "base/error.hpp"

#include <curl/curl.h>

namespace skurd {

/// Sets an option of a handle. Throws Error where libcurl refuses it.
template <typename Value>
void set_option(CURL* curl, CURLoption option, Value value)
{
    const auto code = curl_easy_setopt(curl, option, value);
    if (code != CURLE_OK)
        throw error("libcurl refuses option {}: {}", static_cast<int>(option), curl_easy_strerror(code));
}

} // namespace skurd

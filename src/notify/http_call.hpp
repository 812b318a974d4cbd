#pragma once

#include "lib/curl/curl_easy.hpp"
#include "notify/channel.hpp"

#include <filesystem>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace skurd {

/// One exchange with an address that the configuration names, once: no redirect is followed, and nothing is repeated.
struct HttpCall {
    std::string method;
    std::string url;
    std::vector<std::string> headers{};
    std::string body{};
};

/// The same rules as for sources hold: https, or http where [fetch] allow_http names the host; an address that is not
/// public only where allow_private does; the name is resolved once and nothing else is connected to. At most 20
/// seconds. Throws Error for an address that is none, or is not allowed: it names the host alone, for the rest of an
/// address may be a secret.
std::variant<CurlResponse, CurlFailure> call_once(const HttpCall& call, const SenderSettings& sender,
                                                  const std::stop_token& stop);

/// The address itself, or from the file where it is a secret. Throws as read_secret().
std::string address_in(const std::string& url, const std::filesystem::path& url_file);

} // namespace skurd

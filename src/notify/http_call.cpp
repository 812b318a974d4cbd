#include "notify/http_call.hpp"

#include "base/error.hpp"
#include "fetch/caller.hpp"
#include "fetch/secret_file.hpp"
#include "lib/curl/address.hpp"
#include "lib/curl/url.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::chrono::seconds call_connect_timeout{10};
constexpr std::chrono::seconds call_timeout{20};
constexpr std::size_t call_bytes_max = 64 << 10; ///< of the answer, of which a line is shown

bool names(const std::vector<std::string>& hosts, const std::string& host)
{
    return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

/// What the host's name stands for; none where it is an address, or where a proxy knows. Throws Error.
std::vector<std::string> resolved(const Url& url, const SenderSettings& sender, const std::stop_token& stop)
{
    if (is_address(url.host) || !sender.fetch.proxy.address.empty())
        return {};
    auto found = sender.resolver(url.host, call_connect_timeout, stop);
    for (const auto& address : found)
        if (!names(sender.fetch.allow_private, url.host) && !is_public_address(address))
            throw error("{} has the address {}, which is loopback, private or link-local; if that is meant, name "
                        "'{}' in [fetch] allow_private",
                        url.host, address, url.host);
    return found;
}

} // namespace

std::variant<CurlResponse, CurlFailure> call_once(const HttpCall& call, const SenderSettings& sender,
                                                  const std::stop_token& stop)
{
    const auto url = parse_url(call.url);
    if (!url || (url->scheme != "https" && url->scheme != "http"))
        throw error("the address is not one of https");
    if (url->scheme == "http" && !names(sender.fetch.allow_http, url->host))
        throw error("{}: http without TLS is not allowed; use https, or name '{}' in [fetch] allow_http", url->host,
                    url->host);
    CurlExchange exchange;
    exchange.method = call.method;
    exchange.url = url->text;
    exchange.headers = call.headers;
    exchange.body = call.body;
    name_caller(sender.fetch, exchange);
    exchange.allow_http = url->scheme == "http";
    exchange.allow_private = names(sender.fetch.allow_private, url->host);
    exchange.connect_timeout = call_connect_timeout;
    exchange.first_byte_timeout = call_timeout;
    exchange.stall_timeout = call_timeout;
    exchange.total_timeout = call_timeout;
    exchange.bytes_max = call_bytes_max;
    exchange.addresses = resolved(*url, sender, stop);
    if (exchange.addresses.empty() && !is_address(url->host) && exchange.proxy.empty())
        return CurlFailure{CurlFailure::Kind::transport, fmt::format("no address of '{}' is known", url->host)};
    return CurlEasy().perform(exchange, stop);
}

std::string address_in(const std::string& url, const std::filesystem::path& url_file)
{
    return url_file.empty() ? url : read_secret(url_file);
}

} // namespace skurd

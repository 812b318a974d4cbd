#include "lib/curl/url.hpp"

#include "base/text.hpp"

#include <curl/curl.h>

#include <memory>

namespace skurd {

namespace {

constexpr std::size_t url_size_max = 8000;

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

bool set(const Handle& handle, std::string_view text, unsigned flags = 0)
{
    const std::string terminated(text);
    return text.size() <= url_size_max && terminated.find('\0') == std::string::npos &&
           curl_url_set(handle.get(), CURLUPART_URL, terminated.c_str(), flags) == CURLUE_OK;
}

std::string part(const Handle& handle, CURLUPart which, unsigned flags = CURLU_DEFAULT_PORT)
{
    char* text = nullptr;
    if (curl_url_get(handle.get(), which, &text, flags) != CURLUE_OK)
        return "";
    const std::unique_ptr<char, decltype(&curl_free)> owned(text, &curl_free);
    return text;
}

Url parts_of(const Handle& handle)
{
    Url url;
    url.scheme = to_lower(part(handle, CURLUPART_SCHEME));
    url.host = to_lower(part(handle, CURLUPART_HOST));
    if (url.host.size() > 2 && url.host.front() == '[')
        url.host = url.host.substr(1, url.host.size() - 2);
    url.port = part(handle, CURLUPART_PORT);
    url.has_user = !part(handle, CURLUPART_USER).empty() || !part(handle, CURLUPART_PASSWORD).empty();
    curl_url_set(handle.get(), CURLUPART_FRAGMENT, nullptr, 0);
    char* text = nullptr;
    if (curl_url_get(handle.get(), CURLUPART_URL, &text, 0) == CURLUE_OK)
        url.text = std::unique_ptr<char, decltype(&curl_free)>(text, &curl_free).get();
    return url;
}

} // namespace

std::optional<Url> parse_url(std::string_view text)
{
    const Handle handle(curl_url(), &curl_url_cleanup);
    if (!handle || !set(handle, text))
        return std::nullopt;
    auto url = parts_of(handle);
    return url.host.empty() ? std::nullopt : std::optional(std::move(url));
}

std::optional<ProxyUrl> parse_proxy(std::string_view text)
{
    const Handle handle(curl_url(), &curl_url_cleanup);
    const auto whole = text.find("://") == std::string_view::npos ? "http://" + std::string(text) : std::string(text);
    if (!handle || !set(handle, whole, CURLU_NON_SUPPORT_SCHEME))
        return std::nullopt;
    ProxyUrl proxy{"", part(handle, CURLUPART_USER, CURLU_URLDECODE),
                   part(handle, CURLUPART_PASSWORD, CURLU_URLDECODE)};
    const auto host = part(handle, CURLUPART_HOST);
    const auto port = part(handle, CURLUPART_PORT, 0);
    proxy.address = part(handle, CURLUPART_SCHEME) + "://" + host + (port.empty() ? "" : ":" + port);
    return host.empty() ? std::nullopt : std::optional(std::move(proxy));
}

std::optional<Url> resolve_url(const Url& base, std::string_view location)
{
    const Handle handle(curl_url(), &curl_url_cleanup);
    if (!handle || !set(handle, base.text) || !set(handle, location))
        return std::nullopt;
    return parts_of(handle);
}

bool may_lead(const Url& from, const Url& to, bool named)
{
    if (from.authority() == to.authority())
        return true;
    if (from.scheme == "https" && to.scheme != "https")
        return false;
    const bool usual_port = to.scheme == "https" && to.port == "443";
    return from.host == to.host ? usual_port : named && (usual_port || to.port == from.port);
}

std::optional<Time> parse_http_date(std::string_view text)
{
    if (text.size() > 64)
        return std::nullopt;
    const auto seconds = curl_getdate(std::string(text).c_str(), nullptr);
    return seconds < 0 ? std::nullopt : std::optional(Time(std::chrono::seconds(seconds)));
}

} // namespace skurd

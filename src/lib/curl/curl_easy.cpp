#include "lib/curl/curl_easy.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/curl/address.hpp"
#include "lib/curl/broken_pipe.hpp"
#include "lib/curl/curl_library.hpp"
#include "lib/curl/curl_option.hpp"
#include "lib/curl/url.hpp"

#include <curl/curl.h>

#include <array>
#include <cassert>

#include <sys/socket.h>

namespace skurd {

namespace {

constexpr std::size_t header_bytes_max = 256 << 10;
constexpr curl_off_t slow_bytes_per_second = 100;
constexpr long connection_seconds_max = 300; ///< so a fetch that is to confirm one of ten minutes ago has a new one

using Lines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// What the callbacks of one exchange share. They run inside perform(), on its thread, and must not throw.
struct Transfer {
    CURL* curl;
    const CurlExchange& exchange;
    std::stop_token stop;
    CurlResponse response{};
    std::size_t header_bytes = 0;
    curl_off_t watched_since = 0; ///< microseconds; when the speed was last looked at
    curl_off_t watched_bytes = 0; ///< that had come by then
    bool address_refused = false;
    bool too_large = false;
    std::string too_slow{}; ///< in what way

    curl_off_t elapsed(CURLINFO of) const noexcept;
    void watch_speed(curl_off_t received);
};

curl_off_t Transfer::elapsed(CURLINFO of) const noexcept
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(curl, of, &microseconds);
    return microseconds;
}

/// libcurl's own low speed limit says nothing of the wait for the first byte, and has one time for both.
void Transfer::watch_speed(curl_off_t received)
{
    const auto sent_at = elapsed(CURLINFO_PRETRANSFER_TIME_T);
    const auto now = elapsed(CURLINFO_TOTAL_TIME_T);
    if (sent_at == 0)
        return;
    const auto microseconds = [](std::chrono::seconds time) { return std::chrono::microseconds(time).count(); };
    const auto bytes = static_cast<curl_off_t>(header_bytes) + received;
    if (bytes == 0) {
        if (now - sent_at > microseconds(exchange.first_byte_timeout))
            too_slow = fmt::format("no response for {} s", exchange.first_byte_timeout.count());
        return;
    }
    if (watched_since == 0)
        watched_since = now;
    if (now - watched_since < microseconds(exchange.stall_timeout))
        return;
    if (bytes - watched_bytes < slow_bytes_per_second * exchange.stall_timeout.count())
        too_slow = fmt::format("less than {} bytes a second for {} s", slow_bytes_per_second,
                               exchange.stall_timeout.count());
    watched_since = now;
    watched_bytes = bytes;
}

Transfer& transfer_of(void* pointer) noexcept
{
    return *static_cast<Transfer*>(pointer);
}

std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* pointer) noexcept
try {
    auto& transfer = transfer_of(pointer);
    auto& body = transfer.response.body;
    transfer.too_large = count > transfer.exchange.bytes_max - body.size();
    if (transfer.too_large)
        return 0;
    body.append(bytes, count);
    return count;
} catch (const std::bad_alloc&) {
    transfer_of(pointer).too_large = true;
    return 0;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t count, void* pointer) noexcept
try {
    auto& transfer = transfer_of(pointer);
    const std::string_view line(bytes, count);
    transfer.header_bytes += count;
    if (transfer.header_bytes > header_bytes_max)
        return 0;
    if (line.starts_with("HTTP/"))
        transfer.response.headers.clear();
    const auto colon = line.find(':');
    if (colon != std::string::npos)
        transfer.response.headers[to_lower(line.substr(0, colon))] = trim(line.substr(colon + 1));
    return count;
} catch (const std::bad_alloc&) {
    return 0;
}

// The count given here is of bytes as they come in, before decompression. Non-zero ends the transfer.
int on_progress(void* pointer, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) noexcept
try {
    auto& transfer = transfer_of(pointer);
    if (static_cast<std::size_t>(received) > transfer.exchange.bytes_max)
        transfer.too_large = true;
    transfer.watch_speed(received);
    return transfer.too_large || !transfer.too_slow.empty() || transfer.stop.stop_requested() ? 1 : 0;
} catch (const std::bad_alloc&) {
    return 1;
}

// The address here is the one that will be connected to, so a name that changes its mind is no way in.
curl_socket_t on_open_socket(void* pointer, curlsocktype, curl_sockaddr* address) noexcept
{
    auto& transfer = transfer_of(pointer);
    const bool judged = transfer.exchange.proxy.empty() && !transfer.exchange.allow_private;
    if (judged && !is_public_address(address->addr)) {
        transfer.address_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void set_request(CURL* curl, const CurlExchange& exchange)
{
    set_option(curl, CURLOPT_URL, exchange.url.c_str());
    set_option(curl, CURLOPT_USERAGENT, exchange.user_agent.c_str());
    set_option(curl, CURLOPT_PROXY, exchange.proxy.c_str());
    if (!exchange.proxy_name.empty()) {
        set_option(curl, CURLOPT_PROXYUSERNAME, exchange.proxy_name.c_str());
        set_option(curl, CURLOPT_PROXYPASSWORD, exchange.proxy_password.c_str());
    }
    set_option(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    assert(exchange.method == "GET" || exchange.method == "POST");
    if (exchange.method == "GET") {
        set_option(curl, CURLOPT_HTTPGET, 1L);
        return;
    }
    set_option(curl, CURLOPT_POST, 1L);
    set_option(curl, CURLOPT_POSTFIELDS, exchange.body.data());
    set_option(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
}

void set_limits(CURL* curl, const CurlExchange& exchange)
{
    set_option(curl, CURLOPT_PROTOCOLS_STR, exchange.allow_http ? "http,https" : "https");
    set_option(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)); // at least
    set_option(curl, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set_option(curl, CURLOPT_FOLLOWLOCATION, 0L);
    set_option(curl, CURLOPT_NOSIGNAL, 1L);
    set_option(curl, CURLOPT_MAXLIFETIME_CONN, connection_seconds_max);
    set_option(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(exchange.connect_timeout.count()));
    set_option(curl, CURLOPT_TIMEOUT, static_cast<long>(exchange.total_timeout.count()));
    set_option(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(exchange.bytes_max));
}

void set_callbacks(CURL* curl, Transfer& transfer, char* error_text)
{
    set_option(curl, CURLOPT_ERRORBUFFER, error_text);
    set_option(curl, CURLOPT_WRITEFUNCTION, &on_body);
    set_option(curl, CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
    set_option(curl, CURLOPT_HEADERFUNCTION, &on_header);
    set_option(curl, CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
    set_option(curl, CURLOPT_NOPROGRESS, 0L);
    set_option(curl, CURLOPT_XFERINFOFUNCTION, &on_progress);
    set_option(curl, CURLOPT_XFERINFODATA, static_cast<void*>(&transfer));
    set_option(curl, CURLOPT_OPENSOCKETFUNCTION, &on_open_socket);
    set_option(curl, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&transfer));
}

Lines headers_of(const CurlExchange& exchange)
{
    Lines list(nullptr, &curl_slist_free_all);
    // Keeps curl from waiting for a "100 Continue" that many servers never send.
    list.reset(curl_slist_append(nullptr, "Expect:"));
    for (const auto& line : exchange.headers)
        list.reset(curl_slist_append(list.release(), line.c_str()));
    return list;
}

/// The host's addresses as CURLOPT_RESOLVE takes them: curl then asks nobody else.
Lines addresses_of(const CurlExchange& exchange)
{
    Lines list(nullptr, &curl_slist_free_all);
    if (exchange.addresses.empty())
        return list;
    const auto url = parse_url(exchange.url).value();
    list.reset(curl_slist_append(nullptr,
                                 fmt::format("{}:{}:{}", url.host, url.port, join(exchange.addresses, ",")).c_str()));
    return list;
}

CurlFailure failure_of(CURLcode code, const Transfer& transfer, std::string text)
{
    using Kind = CurlFailure::Kind;
    if (text.empty())
        text = curl_easy_strerror(code);
    if (transfer.stop.stop_requested())
        return {Kind::stopped, "stopped"};
    if (!transfer.too_slow.empty())
        return {Kind::transport, transfer.too_slow};
    if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED)
        return {Kind::too_large, std::move(text)};
    if (transfer.address_refused)
        return {Kind::private_address, "its address is loopback, private or link-local"};
    switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return {Kind::refused, std::move(text)};
    default:
        return {Kind::transport, std::move(text)};
    }
}

} // namespace

std::string CurlResponse::header(const std::string& name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

struct CurlEasy::Handle {
    CURL* curl = curl_easy_init();

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(curl); }
};

CurlEasy::CurlEasy()
{
    start_curl_library();
    handle_ = std::make_unique<Handle>();
    if (!handle_->curl)
        throw error("libcurl gives no handle: out of memory");
}

CurlEasy::~CurlEasy() = default;
CurlEasy::CurlEasy(CurlEasy&&) noexcept = default;
CurlEasy& CurlEasy::operator=(CurlEasy&&) noexcept = default;

std::variant<CurlResponse, CurlFailure> CurlEasy::perform(const CurlExchange& exchange, std::stop_token stop)
{
    auto* curl = handle_->curl;
    Transfer transfer{curl, exchange, std::move(stop)};
    std::array<char, CURL_ERROR_SIZE> error_text{};
    const auto headers = headers_of(exchange);
    const auto addresses = addresses_of(exchange);
    curl_easy_reset(curl); // connections stay
    set_request(curl, exchange);
    set_limits(curl, exchange);
    set_callbacks(curl, transfer, error_text.data());
    set_option(curl, CURLOPT_HTTPHEADER, headers.get());
    set_option(curl, CURLOPT_RESOLVE, addresses.get());
    const BrokenPipeGuard guard;
    const auto code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr); // it would outlive what it points to
    if (code != CURLE_OK)
        return failure_of(code, transfer, error_text.data());
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    transfer.response.status = static_cast<int>(status);
    return std::move(transfer.response);
}

} // namespace skurd

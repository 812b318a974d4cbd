#include "lib/curl/socket_client.hpp"

#include "lib/curl/curl_library.hpp"
#include "lib/curl/curl_option.hpp"

#include <exception>
#include <utility>

namespace skurd {

namespace {

constexpr int status_good = 200;
constexpr long connect_seconds_max = 10;

using HeaderLines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Form = std::unique_ptr<curl_mime, decltype(&curl_mime_free)>;

/// What the callback of one request shares with it.
struct Exchange {
    CURL* curl;
    const SocketRequest& request;
    SocketResponse response{};
    std::exception_ptr thrown{};
    bool is_too_large = false;

    void take(std::string_view bytes);
};

void Exchange::take(std::string_view bytes)
{
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (request.on_bytes && status == status_good) {
        request.on_bytes(bytes);
        return;
    }
    is_too_large = bytes.size() > SocketClient::body_max - response.body.size();
    if (!is_too_large)
        response.body.append(bytes);
}

std::size_t on_response(char* bytes, std::size_t, std::size_t count, void* pointer) noexcept
{
    auto& exchange = *static_cast<Exchange*>(pointer);
    try {
        exchange.take({bytes, count});
    } catch (...) { // thrown again by perform(): it may not pass through libcurl
        exchange.thrown = std::current_exception();
    }
    return exchange.thrown || exchange.is_too_large ? 0 : count;
}

Form form_of(CURL* curl, const std::vector<FormPart>& parts)
{
    Form form(parts.empty() ? nullptr : curl_mime_init(curl), &curl_mime_free);
    for (const auto& part : parts) {
        auto* added = curl_mime_addpart(form.get());
        curl_mime_name(added, part.name.c_str());
        curl_mime_type(added, part.type.c_str());
        curl_mime_data(added, part.bytes.data(), part.bytes.size());
    }
    return form;
}

void set_request_body(CURL* curl, const SocketRequest& request, const curl_slist* headers, curl_mime* form)
{
    if (form) {
        set_option(curl, CURLOPT_MIMEPOST, form);
    } else if (!request.json.empty()) {
        set_option(curl, CURLOPT_POSTFIELDS, request.json.data());
        set_option(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.json.size()));
        set_option(curl, CURLOPT_HTTPHEADER, headers);
    }
    set_option(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

SocketFailure failure_of(CURLcode code, const Exchange& exchange)
{
    if (exchange.is_too_large)
        return SocketFailure::too_large;
    switch (code) {
    case CURLE_COULDNT_CONNECT:
        return SocketFailure::no_server;
    case CURLE_OPERATION_TIMEDOUT:
        return SocketFailure::silent;
    case CURLE_UNSUPPORTED_PROTOCOL: // "HTTP/0.9 when not allowed"
    case CURLE_WEIRD_SERVER_REPLY:
        return SocketFailure::not_http;
    default:
        return SocketFailure::broken;
    }
}

} // namespace

struct SocketClient::Handle {
    CURL* curl = curl_easy_init();

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(curl); }
};

SocketClient::SocketClient(std::filesystem::path socket) : socket_(std::move(socket))
{
    start_curl_library();
    handle_ = std::make_unique<Handle>();
    if (!handle_->curl)
        throw error("libcurl gives no handle: out of memory");
}

SocketClient::~SocketClient() = default;

std::variant<SocketResponse, SocketFailure> SocketClient::perform(const SocketRequest& request)
{
    auto* curl = handle_->curl;
    Exchange exchange{curl, request};
    const auto url = "http://skurd" + request.path;
    const HeaderLines headers(curl_slist_append(nullptr, "Content-Type: application/json"), &curl_slist_free_all);
    const auto form = form_of(curl, request.parts);
    curl_easy_reset(curl); // the connection stays
    set_option(curl, CURLOPT_UNIX_SOCKET_PATH, socket_.c_str());
    set_option(curl, CURLOPT_NOPROXY, "*");
    set_option(curl, CURLOPT_URL, url.c_str());
    set_option(curl, CURLOPT_NOSIGNAL, 1L);
    set_option(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
    set_option(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set_option(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.silence_max.count()));
    set_request_body(curl, request, headers.get(), form.get());
    set_option(curl, CURLOPT_WRITEFUNCTION, &on_response);
    set_option(curl, CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
    const auto code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_reset(curl); // it knows nothing of what was on the stack
    if (exchange.thrown)
        std::rethrow_exception(exchange.thrown);
    if (code != CURLE_OK)
        return failure_of(code, exchange);
    exchange.response.status = static_cast<int>(status);
    return std::move(exchange.response);
}

} // namespace skurd

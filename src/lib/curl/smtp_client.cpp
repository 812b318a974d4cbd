#include "lib/curl/smtp_client.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/curl/broken_pipe.hpp"
#include "lib/curl/curl_library.hpp"
#include "lib/curl/curl_option.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>

namespace skurd {

namespace {

using MailLines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using MailHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

/// What the callbacks of one exchange share. They run inside perform(), on its thread, and must not throw.
struct MailTransfer {
    const MailExchange& exchange;
    std::stop_token stop;
    std::size_t sent = 0;
    std::array<char, 512> last_line{}; ///< of the server, its beginning
};

MailTransfer& mail_transfer_of(void* pointer) noexcept
{
    return *static_cast<MailTransfer*>(pointer);
}

std::size_t on_mail_wanted(char* buffer, std::size_t, std::size_t room, void* pointer) noexcept
{
    auto& transfer = mail_transfer_of(pointer);
    const auto rest = std::string_view(transfer.exchange.message).substr(transfer.sent);
    const auto size = std::min(rest.size(), room);
    std::memcpy(buffer, rest.data(), size);
    transfer.sent += size;
    return size;
}

/// The server's replies come in as headers; that to our goodbye (221) says nothing.
std::size_t on_mail_reply(char* bytes, std::size_t, std::size_t count, void* pointer) noexcept
{
    auto& line = mail_transfer_of(pointer).last_line;
    if (std::string_view(bytes, count).starts_with("221"))
        return count;
    line.fill('\0');
    std::memcpy(line.data(), bytes, std::min(count, line.size() - 1));
    return count;
}

std::size_t on_mail_body(char*, std::size_t, std::size_t count, void*) noexcept
{
    return count;
}

int on_mail_progress(void* pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept
{
    return mail_transfer_of(pointer).stop.stop_requested() ? 1 : 0;
}

MailLines lines_of(const std::vector<std::string>& texts)
{
    MailLines list(nullptr, &curl_slist_free_all);
    for (const auto& text : texts)
        list.reset(curl_slist_append(list.release(), text.c_str()));
    return list;
}

/// The host as a URL has it: an IPv6 address in brackets.
std::string url_of(const MailExchange& exchange)
{
    const bool is_ipv6 = exchange.host.find(':') != std::string::npos;
    return fmt::format("{}://{}:{}/{}", exchange.security == MailSecurity::tls ? "smtps" : "smtp",
                       is_ipv6 ? "[" + exchange.host + "]" : exchange.host, exchange.port, exchange.greeting);
}

void set_server(CURL* curl, const MailExchange& exchange)
{
    set_option(curl, CURLOPT_URL, url_of(exchange).c_str());
    set_option(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set_option(curl, CURLOPT_PROXY, "");
    set_option(curl, CURLOPT_USE_SSL,
               static_cast<long>(exchange.security == MailSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set_option(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)); // at least
    if (!exchange.authorities.empty())
        set_option(curl, CURLOPT_CAINFO, exchange.authorities.c_str());
    if (!exchange.user.empty()) {
        set_option(curl, CURLOPT_USERNAME, exchange.user.c_str());
        set_option(curl, CURLOPT_PASSWORD, exchange.password.c_str());
    }
    set_option(curl, CURLOPT_NOSIGNAL, 1L);
    set_option(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(exchange.connect_timeout.count()));
    set_option(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(exchange.total_timeout.count()));
    set_option(curl, CURLOPT_TIMEOUT, static_cast<long>(exchange.total_timeout.count()));
}

void set_mail_callbacks(CURL* curl, MailTransfer& transfer, char* error_text)
{
    set_option(curl, CURLOPT_ERRORBUFFER, error_text);
    set_option(curl, CURLOPT_UPLOAD, 1L);
    set_option(curl, CURLOPT_READFUNCTION, &on_mail_wanted);
    set_option(curl, CURLOPT_READDATA, static_cast<void*>(&transfer));
    set_option(curl, CURLOPT_WRITEFUNCTION, &on_mail_body);
    set_option(curl, CURLOPT_HEADERFUNCTION, &on_mail_reply);
    set_option(curl, CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
    set_option(curl, CURLOPT_NOPROGRESS, 0L);
    set_option(curl, CURLOPT_XFERINFOFUNCTION, &on_mail_progress);
    set_option(curl, CURLOPT_XFERINFODATA, static_cast<void*>(&transfer));
}

MailOutcome outcome_of(CURL* curl, CURLcode code, const MailTransfer& transfer, std::string_view words)
{
    using Kind = MailOutcome::Kind;
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    const auto line = std::string(trim(std::string_view(transfer.last_line.data())));
    if (code == CURLE_OK)
        return {Kind::accepted, line};
    if (transfer.stop.stop_requested())
        return {Kind::stopped, "stopped"};
    // A broken connection leaves the code of the last reply behind, and that may be anything.
    const bool is_reply = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_LOGIN_DENIED ||
                          code == CURLE_REMOTE_ACCESS_DENIED || code == CURLE_WEIRD_SERVER_REPLY;
    if (is_reply && reply >= 400)
        return {reply >= 500 ? Kind::refused : Kind::failed, line};
    return {Kind::failed, words.empty() ? curl_easy_strerror(code) : std::string(words)};
}

} // namespace

MailOutcome send_mail(const MailExchange& exchange, std::stop_token stop)
{
    start_curl_library();
    MailTransfer transfer{exchange, std::move(stop)};
    std::array<char, CURL_ERROR_SIZE> error_text{};
    std::vector<std::string> to;
    for (const auto& address : exchange.to)
        to.push_back("<" + address + ">");
    const auto recipients = lines_of(to);
    const auto resolved = lines_of(
        exchange.addresses.empty()
            ? std::vector<std::string>()
            : std::vector{fmt::format("{}:{}:{}", exchange.host, exchange.port, join(exchange.addresses, ","))});
    const BrokenPipeGuard guard;
    const MailHandle handle(curl_easy_init(), &curl_easy_cleanup); // says goodbye as it goes, to what is above
    auto* curl = handle.get();
    if (!curl)
        throw error("libcurl gives no handle: out of memory");
    set_server(curl, exchange);
    set_mail_callbacks(curl, transfer, error_text.data());
    set_option(curl, CURLOPT_MAIL_FROM, ("<" + exchange.from + ">").c_str());
    set_option(curl, CURLOPT_MAIL_RCPT, recipients.get());
    set_option(curl, CURLOPT_RESOLVE, resolved.get());
    const auto code = curl_easy_perform(curl);
    return outcome_of(curl, code, transfer, error_text.data());
}

} // namespace skurd

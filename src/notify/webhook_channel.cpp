// Posts a message as JSON. The signature is over the time of sending and the body, so that who got hold of an old
// message cannot send it again.
#include "base/error.hpp"
#include "base/text.hpp"
#include "fetch/retry.hpp"
#include "lib/openssl/hmac.hpp"
#include "notify/channels.hpp"
#include "notify/http_call.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::size_t shown_answer_max = 120;

bool may_pass(int status)
{
    return status >= 500 || status == 408 || status == 425 || status == 429;
}

DeliveryAnswer answer_of(const CurlResponse& response, Time now)
{
    using Kind = DeliveryAnswer::Kind;
    auto text = fmt::format("HTTP {}", response.status);
    if (const auto body = trim(response.body); !body.empty())
        text += ": " + excerpt(body, shown_answer_max);
    if (response.status >= 200 && response.status < 300)
        return {Kind::accepted, text};
    if (response.status >= 300 && response.status < 400)
        return {Kind::refused, text + " (redirects are not followed: configure the address it leads to)"};
    if (may_pass(response.status))
        return {Kind::failed, text, retry_after(response.header("retry-after"), now)};
    return {Kind::refused, text};
}

class WebhookChannel final : public Channel {
public:
    WebhookChannel(ChannelSettings settings, SenderSettings sender)
        : settings_(std::move(settings)), sender_(std::move(sender))
    {
    }

    DeliveryAnswer deliver(const OutboxMessage& message, Time now, std::stop_token stop) override
    {
        HttpCall call{"POST", address_in(settings_.url, settings_.url_file)};
        call.headers = {"Content-Type: application/json; charset=utf-8", "Skurd-Delivery: " + message.delivery,
                        fmt::format("Skurd-Kind: {}", to_string(message.kind))};
        if (settings_.secret.is_given())
            call.headers.push_back("Skurd-Signature: " + signature(message.body, now));
        call.body = message.body;
        const auto result = call_once(call, sender_, stop);
        if (const auto* response = std::get_if<CurlResponse>(&result))
            return answer_of(*response, now);
        const auto& failure = std::get<CurlFailure>(result);
        if (failure.kind == CurlFailure::Kind::stopped)
            return {DeliveryAnswer::Kind::stopped, failure.text};
        return {DeliveryAnswer::Kind::failed, failure.text};
    }

private:
    std::string signature(const std::string& body, Time now) const
    {
        const auto seconds = now.time_since_epoch().count();
        return fmt::format("t={},v1={}", seconds,
                           hmac_sha256(settings_.secret.read(), fmt::format("{}.{}", seconds, body)));
    }

    ChannelSettings settings_;
    SenderSettings sender_;
};

} // namespace

std::unique_ptr<Channel> make_webhook_channel(const ChannelSettings& channel, SenderSettings sender)
{
    return std::make_unique<WebhookChannel>(channel, std::move(sender));
}

} // namespace skurd

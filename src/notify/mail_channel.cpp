// Hands a message to the mail server that is configured; what becomes of it there is that server's to tell.
#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/curl/address.hpp"
#include "lib/curl/smtp_client.hpp"
#include "notify/channels.hpp"
#include "notify/mail_message.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

DeliveryAnswer answer_of_server(const MailOutcome& outcome)
{
    using Kind = DeliveryAnswer::Kind;
    switch (outcome.kind) {
    case MailOutcome::Kind::accepted:
        return {Kind::accepted, outcome.answer};
    case MailOutcome::Kind::refused:
        return {Kind::refused, outcome.answer};
    case MailOutcome::Kind::stopped:
        return {Kind::stopped, outcome.answer};
    case MailOutcome::Kind::failed:
        break;
    }
    return {Kind::failed, outcome.answer};
}

class MailChannel final : public Channel {
public:
    MailChannel(ChannelSettings settings, SenderSettings sender)
        : settings_(std::move(settings)), sender_(std::move(sender))
    {
    }

    DeliveryAnswer deliver(const OutboxMessage& message, Time, std::stop_token stop) override
    {
        auto exchange = prepared();
        if (!is_address(exchange.host)) {
            exchange.addresses = sender_.resolver(exchange.host, exchange.connect_timeout, stop);
            if (exchange.addresses.empty())
                return {DeliveryAnswer::Kind::failed, fmt::format("no address of '{}' is known", exchange.host)};
        }
        exchange.message = mail_message({sender_.name, settings_.from, settings_.to, message.subject,
                                         message.delivery, message.made_at, message.body, message.html});
        return answer_of_server(send_mail(exchange, std::move(stop)));
    }

private:
    MailExchange prepared() const
    {
        MailExchange exchange;
        exchange.host = settings_.server;
        exchange.port = settings_.port;
        exchange.security = settings_.security;
        exchange.authorities = settings_.authorities;
        exchange.greeting = settings_.from.substr(settings_.from.find('@') + 1);
        exchange.user = settings_.user;
        if (!settings_.user.empty())
            exchange.password = settings_.password.read();
        exchange.from = settings_.from;
        exchange.to = settings_.to;
        return exchange;
    }

    ChannelSettings settings_;
    SenderSettings sender_;
};

} // namespace

std::unique_ptr<Channel> make_mail_channel(const ChannelSettings& channel, SenderSettings sender)
{
    return std::make_unique<MailChannel>(channel, std::move(sender));
}

} // namespace skurd

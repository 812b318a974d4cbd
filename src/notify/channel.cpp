#include "notify/channel.hpp"

#include "notify/channels.hpp"

#include <fmt/format.h>

#include <random>

namespace skurd {

std::unique_ptr<Channel> Channel::create(const ChannelSettings& channel, SenderSettings sender)
{
    switch (channel.kind) {
    case ChannelKind::webhook:
        return make_webhook_channel(channel, std::move(sender));
    case ChannelKind::mail:
        return make_mail_channel(channel, std::move(sender));
    case ChannelKind::command:
        break;
    }
    return make_command_channel(channel, std::move(sender));
}

OutboxMessage message_of(const Notification& notification, ChannelKind kind)
{
    OutboxMessage message;
    message.delivery = notification.delivery;
    message.channel = notification.channel;
    message.kind = notification.kind;
    message.made_at = notification.made_at;
    message.subject = subject_of(notification);
    if (kind == ChannelKind::mail) {
        message.body = text_of(notification);
        message.html = html_of(notification);
    } else {
        message.body = json_line(json_of(notification));
    }
    return message;
}

std::string new_delivery()
{
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

} // namespace skurd

#pragma once

#include "fetch/fetch_settings.hpp"
#include "fetch/resolver.hpp"
#include "model/outbox.hpp"
#include "notify/delivery.hpp"
#include "notify/notification.hpp"
#include "notify/notify_settings.hpp"

#include <memory>
#include <stop_token>
#include <string>

namespace skurd {

/// What channels send with, beside their own settings.
struct SenderSettings {
    std::string name;    ///< of this installation
    FetchSettings fetch; ///< which hosts may be private or without TLS, the proxy, the contact, whom programs run as
    Resolver resolver = &resolve_host;
};

/// A way to hand messages over. Opens nothing before deliver(). For one thread at a time.
class Channel {
public:
    Channel() = default;
    virtual ~Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Tries once, and ends within a second or two of a stop, at the latest after about a minute. Throws Error for
    /// what has to be mended on this machine, a key that cannot be read say: that counts as a failed try.
    virtual DeliveryAnswer deliver(const OutboxMessage& message, Time now, std::stop_token stop) = 0;

    static std::unique_ptr<Channel> create(const ChannelSettings& channel, SenderSettings sender);
};

/// A message in the form that a channel of this kind sends, as it will wait in the outbox.
OutboxMessage message_of(const Notification& notification, ChannelKind kind);

/// 32 hexadecimal digits that nobody else has.
std::string new_delivery();

} // namespace skurd

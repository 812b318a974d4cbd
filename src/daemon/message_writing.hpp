#pragma once

#include "daemon/workspace.hpp"
#include "notify/channel.hpp"
#include "notify/notification.hpp"

namespace skurd {

/// When messages are written.
enum class Writing {
    when_settled, ///< once things have come to rest, and the channel may be told now
    at_once,      ///< a person wants what there is, now
};

/// Brings the store up to date with the channels that are configured: a new one is told of what comes from now on,
/// and what waits for one that is gone is undeliverable.
void store_channels(Workspace& workspace, Time now);

/// Writes to the outbox what the channels have not been told yet, at most two messages each: of outages, and of
/// everything else. In one transaction with how far they have been told, so whatever is killed, nothing is lost and
/// nothing written twice. For what has the turn.
void write_messages(Workspace& workspace, Writing how, Time now);

/// What a person sees who wants to know whether messages come.
Notification test_notification(const Workspace& workspace, const ChannelSettings& channel, Time now);

/// What channels send with.
SenderSettings sender_of(const Settings& settings);

} // namespace skurd

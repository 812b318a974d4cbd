#pragma once

#include "daemon/workspace.hpp"
#include "model/outbox.hpp"
#include "notify/channel.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace skurd {

/// Which of the messages that wait are tried.
enum class Sending {
    due, ///< those whose time has come
    all, ///< a person wants to know
};

/// Whether a message that waits is tried now: its time has come, and it is none in which the channel wants quiet.
bool may_be_sent(const OutboxMessage& message, const ChannelSettings& channel, const NotifySettings& settings,
                 Time now);

/// One try, whatever comes of it: what cannot be read or started on this machine is a failed try.
DeliveryAnswer try_once(const ChannelSettings& channel, const SenderSettings& sender, const OutboxMessage& message,
                        Time now, const std::stop_token& stop);

/// Tries the oldest message that waits for the channel, but for those in `tried`, and records what came of it. The
/// turn is given back meanwhile; so a kill between the two has it sent again, under the same delivery. What became of
/// it; nothing where there is none to try. Whoever calls it has the channel: hold_channel().
std::optional<OutboxMessage> deliver_next(Workspace& workspace, Turn& turn, const std::string& channel, Sending which,
                                          const std::set<std::int64_t>& tried, const std::stop_token& stop);

/// For who sends to a channel, one at a time. The caller has no turn. Throws Stopped.
std::unique_ptr<Turn> hold_channel(Workspace& workspace, const std::string& channel, Turns::Asker asker,
                                   const std::stop_token& stop);

/// Sends what is due of a channel; from a thread of its own, without a turn.
void deliver_due(Workspace& workspace, const std::string& channel, const std::stop_token& stop);

} // namespace skurd

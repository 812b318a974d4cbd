#include "daemon/message_delivery.hpp"

#include "base/error.hpp"
#include "daemon/message_writing.hpp"
#include "notify/delivery.hpp"
#include "store/outbox_store.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

namespace {

/// A message that fails is told of at its first try, and when it is given up.
void log_try(const OutboxMessage& message)
{
    if (message.state == OutboxState::sent)
        spdlog::info("message {} to {} sent: {} ({})", message.id, message.channel, message.subject, message.answer);
    else if (message.state == OutboxState::undeliverable)
        spdlog::error("message {} to {} is undeliverable after {} {}: {}", message.id, message.channel, message.tries,
                      message.tries == 1 ? "try" : "tries", message.answer);
    else
        spdlog::log(message.tries == 1 ? spdlog::level::warn : spdlog::level::debug, "message {} to {}: {} (try {})",
                    message.id, message.channel, message.answer, message.tries);
}

void expire_messages(Workspace& workspace, Time now)
{
    const auto& settings = workspace.settings.notify;
    OutboxStore(workspace.store).expire(now - settings.keep, settings.keep_messages);
}

} // namespace

bool may_be_sent(const OutboxMessage& message, const ChannelSettings& channel, const NotifySettings& settings,
                 Time now)
{
    return is_due(message, now) && !is_quiet(channel.quiet, settings.timezone, now);
}

DeliveryAnswer try_once(const ChannelSettings& channel, const SenderSettings& sender, const OutboxMessage& message,
                        Time now, const std::stop_token& stop)
{
    DeliveryAnswer answer;
    try {
        answer = Channel::create(channel, sender)->deliver(message, now, stop);
    } catch (const Error& failure) {
        answer = {DeliveryAnswer::Kind::failed, full_message(failure)};
    }
    if (answer.kind == DeliveryAnswer::Kind::failed && stop.stop_requested())
        answer.kind = DeliveryAnswer::Kind::stopped;
    return answer;
}

std::unique_ptr<Turn> hold_channel(Workspace& workspace, const std::string& channel, Turns::Asker asker,
                                   const std::stop_token& stop)
{
    return std::make_unique<Turn>(workspace.lanes.lane("channel " + channel), asker, "a message", stop);
}

std::optional<OutboxMessage> deliver_next(Workspace& workspace, Turn& turn, const std::string& channel, Sending which,
                                          const std::set<std::int64_t>& tried, const std::stop_token& stop)
{
    const auto& notify = workspace.settings.notify;
    const auto* configured = notify.find(channel);
    if (!configured || stop.stop_requested())
        return std::nullopt;
    const auto now = workspace.clock.now();
    const auto waiting = OutboxStore(workspace.store).waiting(channel);
    const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const OutboxMessage& message) {
        return !tried.contains(message.id) &&
               (which == Sending::all || may_be_sent(message, *configured, notify, now));
    });
    if (next == waiting.end())
        return std::nullopt;
    auto message = OutboxStore(workspace.store).find(next->id); // whole
    const auto answer = turn.outside([&, settings = *configured, sender = sender_of(workspace.settings)] {
        return try_once(settings, sender, *message, now, stop);
    });
    if (answer.kind == DeliveryAnswer::Kind::stopped)
        return std::nullopt;
    message = OutboxStore(workspace.store).find(next->id);
    if (!message || message->state != OutboxState::waiting) // a person dropped it meanwhile
        return message;
    message = after_try(std::move(*message), answer, workspace.settings.notify.give_up, workspace.clock.now());
    OutboxStore(workspace.store).change(*message);
    log_try(*message);
    return message;
}

void deliver_due(Workspace& workspace, const std::string& channel, const std::stop_token& stop)
{
    const auto channel_turn = hold_channel(workspace, channel, Turns::Asker::work, stop);
    Turn turn(workspace.turns, Turns::Asker::work, "", stop);
    std::set<std::int64_t> tried;
    while (const auto message = deliver_next(workspace, turn, channel, Sending::due, tried, stop))
        tried.insert(message->id);
    if (!tried.empty())
        expire_messages(workspace, workspace.clock.now());
}

} // namespace skurd

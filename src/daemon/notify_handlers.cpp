// What people ask of messages: send now, a test, another try, no more of one.
#include "base/error.hpp"
#include "base/text.hpp"
#include "daemon/handlers.hpp"
#include "daemon/message_delivery.hpp"
#include "daemon/message_writing.hpp"
#include "notify/delivery.hpp"
#include "store/outbox_store.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// The one that is named, else all. Throws Error (usage) where there is none.
std::vector<ChannelSettings> channels_asked_for(const NotifyOrder& order, const Workspace& workspace)
{
    const auto& all = workspace.settings.notify.channels;
    if (all.empty())
        throw usage_error("no channel is configured: see [notify] in the configuration file");
    if (order.channel.empty())
        return all;
    if (const auto* found = workspace.settings.notify.find(order.channel))
        return {*found};
    std::vector<std::string> names;
    names.reserve(all.size());
    for (const auto& channel : all)
        names.push_back(channel.id);
    throw usage_error("there is no channel '{}'{} (known: {})", order.channel, did_you_mean(order.channel, names),
                      join(names, ", "));
}

OutboxMessage message_asked_for(const NotifyOrder& order, const Workspace& workspace)
{
    auto message = OutboxStore(workspace.store).find(order.message);
    if (!message)
        throw usage_error("there is no message {} (see `skurd notify`)", order.message);
    if (message->state == OutboxState::sent || message->state == OutboxState::dropped)
        throw usage_error("message {} is {} already", order.message, to_string(message->state));
    return std::move(*message);
}

std::unique_ptr<Turn> hold(const std::string& channel, OrderScope& scope)
{
    if (!scope.workspace.fleet.has(Duty::messages))
        throw Error("another harvester on this store sends its messages (see `skurd status`): give it the order",
                    ExitCode::busy);
    return scope.turn.outside(
        [&] { return hold_channel(scope.workspace, channel, Turns::Asker::person, scope.stop); });
}

/// What is tried of a channel by a person's order, one message after another. Whoever calls it has the channel.
void send_waiting(const std::string& channel, std::set<std::int64_t> tried, OrderScope& scope, NotifyResult& result)
{
    while (auto message = deliver_next(scope.workspace, scope.turn, channel, Sending::all, tried, scope.stop)) {
        tried.insert(message->id);
        result.messages.push_back(std::move(*message));
    }
}

NotifyResult send_now(const NotifyOrder& order, OrderScope& scope)
{
    NotifyResult result;
    const auto channels = channels_asked_for(order, scope.workspace);
    write_messages(scope.workspace, Writing::at_once, scope.workspace.clock.now());
    for (const auto& channel : channels) {
        const auto held = hold(channel.id, scope);
        send_waiting(channel.id, {}, scope, result);
    }
    return result;
}

NotifyResult send_tests(const NotifyOrder& order, OrderScope& scope)
{
    NotifyResult result;
    const auto sender = sender_of(scope.workspace.settings);
    for (const auto& channel : channels_asked_for(order, scope.workspace)) {
        const auto now = scope.workspace.clock.now();
        auto message = message_of(test_notification(scope.workspace, channel, now), channel.kind);
        const auto answer = scope.turn.outside([&] { return try_once(channel, sender, message, now, scope.stop); });
        if (answer.kind == DeliveryAnswer::Kind::stopped)
            throw Stopped("stopped before the test was answered");
        message = after_try(std::move(message), answer, std::chrono::hours(0), now);
        result.messages.push_back(std::move(message));
    }
    return result;
}

NotifyResult retry_message(const NotifyOrder& order, OrderScope& scope)
{
    auto message = message_asked_for(order, scope.workspace);
    if (!scope.workspace.settings.notify.find(message.channel))
        throw usage_error("message {} is for '{}', which is no channel any more: configure it, or drop the message",
                          message.id, message.channel);
    const auto held = hold(message.channel, scope);
    message = message_asked_for(order, scope.workspace); // as it is now that nobody else sends to the channel
    OutboxStore outbox(scope.workspace.store);
    std::set<std::int64_t> others;
    for (const auto& waiting : outbox.waiting(message.channel))
        if (waiting.id != message.id)
            others.insert(waiting.id);
    message.state = OutboxState::waiting;
    message.ended_at.reset();
    outbox.change(message);
    NotifyResult result;
    send_waiting(message.channel, others, scope, result);
    return result;
}

NotifyResult drop_message(const NotifyOrder& order, OrderScope& scope)
{
    auto message = message_asked_for(order, scope.workspace);
    message.state = OutboxState::dropped;
    message.ended_at = scope.workspace.clock.now();
    message.next_try_at.reset();
    message.answer = excerpt(fmt::format("dropped by {}", order.actor));
    OutboxStore(scope.workspace.store).change(message);
    return {{std::move(message)}};
}

} // namespace

NotifyResult handle(const NotifyOrder& order, OrderScope& scope)
{
    switch (order.action) {
    case NotifyAction::send:
        return send_now(order, scope);
    case NotifyAction::test:
        return send_tests(order, scope);
    case NotifyAction::retry:
        return retry_message(order, scope);
    case NotifyAction::drop:
        break;
    }
    return drop_message(order, scope);
}

} // namespace skurd

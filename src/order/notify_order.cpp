#include "order/notify_order.hpp"

#include "view/outbox_json.hpp"
#include "view/value_json.hpp"

#include <algorithm>
#include <limits>

namespace skurd {

NotifyResult NotifyResult::read(JsonReader& json)
{
    NotifyResult result;
    for (auto& message : json.objects("messages"))
        result.messages.push_back(read_outbox_message(message));
    return result;
}

ExitCode NotifyResult::exit() const
{
    const bool all_taken = std::all_of(messages.begin(), messages.end(), [](const OutboxMessage& message) {
        return message.state == OutboxState::sent || message.state == OutboxState::dropped;
    });
    return all_taken ? ExitCode::good : ExitCode::failed;
}

Json to_json(const NotifyResult& result)
{
    Json json = {{"messages", Json::array()}};
    for (const auto& message : result.messages)
        json["messages"].push_back(to_json(message));
    return json;
}

NotifyOrder NotifyOrder::read(JsonReader& json)
{
    NotifyOrder order;
    order.action = json.choice<NotifyAction>("action");
    order.channel = json.text("channel", "");
    order.message = json.optional_integer("message", 1, std::numeric_limits<std::int64_t>::max()).value_or(0);
    order.actor = json.text("actor");
    const bool is_about_one = order.action == NotifyAction::retry || order.action == NotifyAction::drop;
    if (is_about_one != (order.message != 0))
        json.fail("message", "is the number of the message to retry or drop, and belongs to nothing else");
    return order;
}

Json to_json(const NotifyOrder& order)
{
    return {{"action", to_string(order.action)},
            {"channel", order.channel},
            {"message", id_json(order.message)},
            {"actor", order.actor}};
}

} // namespace skurd

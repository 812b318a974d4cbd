#include "view/outbox_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

#include <limits>

namespace skurd {

Json to_json(const OutboxMessage& message)
{
    return {{"message", id_json(message.id)},       {"delivery", message.delivery},
            {"channel", message.channel},           {"kind", to_string(message.kind)},
            {"state", to_string(message.state)},    {"made", format_time(message.made_at)},
            {"subject", message.subject},           {"tries", message.tries},
            {"tried", time_json(message.tried_at)}, {"next_try", time_json(message.next_try_at)},
            {"ended", time_json(message.ended_at)}, {"answer", message.answer}};
}

OutboxMessage read_outbox_message(JsonReader& json)
{
    OutboxMessage message;
    message.id = json.optional_integer("message", 1, std::numeric_limits<std::int64_t>::max()).value_or(0);
    message.delivery = json.text("delivery");
    message.channel = json.text("channel");
    message.kind = json.choice<MessageKind>("kind");
    message.state = json.choice<OutboxState>("state");
    message.made_at = json.time("made");
    message.subject = json.text("subject");
    message.tries = static_cast<int>(json.integer("tries", 0, std::numeric_limits<int>::max()));
    message.tried_at = json.optional_time("tried");
    message.next_try_at = json.optional_time("next_try");
    message.ended_at = json.optional_time("ended");
    message.answer = json.text("answer", "");
    return message;
}

} // namespace skurd

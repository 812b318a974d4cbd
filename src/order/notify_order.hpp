#pragma once

#include "base/enum_words.hpp"
#include "lib/json/json_reader.hpp"
#include "model/outbox.hpp"
#include "order/results.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What is to be done with messages.
enum class NotifyAction {
    send,  ///< write and send what there is to tell, now
    test,  ///< send a message that says it is a test, once
    retry, ///< try one message again, now
    drop,  ///< send one no more
};
template <>
inline constexpr auto enum_words<NotifyAction> = word_table<NotifyAction>({{NotifyAction::send, "send"},
                                                                           {NotifyAction::test, "test"},
                                                                           {NotifyAction::retry, "retry"},
                                                                           {NotifyAction::drop, "drop"}});

/// The messages that were tried or dropped, as they are now. One of a test is not in the outbox.
struct NotifyResult {
    std::vector<OutboxMessage> messages;

    static NotifyResult read(JsonReader& json);
    ExitCode exit() const; ///< failed where one of them was not taken
};
Json to_json(const NotifyResult& result); ///< {"messages": [as to_json(OutboxMessage)…]}

struct NotifyOrder {
    static constexpr std::string_view name = "notify";
    using Result = NotifyResult;

    NotifyAction action = NotifyAction::send;
    std::string channel;      ///< of send and test; "" = all there are
    std::int64_t message = 0; ///< of retry and drop
    std::string actor;

    static NotifyOrder read(JsonReader& json);
};
Json to_json(const NotifyOrder& order); ///< {"action", "channel", "message": number or null, "actor"}

} // namespace skurd

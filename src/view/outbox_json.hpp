#pragma once

#include "lib/json/json.hpp"
#include "lib/json/json_reader.hpp"
#include "model/outbox.hpp"

namespace skurd {

/// {"message": number or null for one that is not in the outbox, "delivery", "channel", "kind", "state", "made",
/// "subject", "tries", "tried", "next_try", "ended", "answer"}: without what it says.
Json to_json(const OutboxMessage& message);

/// The same back. Throws Error that says what is wrong.
OutboxMessage read_outbox_message(JsonReader& json);

} // namespace skurd

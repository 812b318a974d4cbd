#include "order/flag_orders.hpp"

#include <limits>

namespace skurd {

AcknowledgeOrder AcknowledgeOrder::read(JsonReader& json)
{
    return {json.integers("flags", 1, std::numeric_limits<std::int64_t>::max()), json.text("note"),
            json.text("actor")};
}

Json to_json(const AcknowledgeOrder& order)
{
    return {{"flags", order.flags}, {"note", order.note}, {"actor", order.actor}};
}

} // namespace skurd

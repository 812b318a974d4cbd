#include "order/quarantine_orders.hpp"

#include "order/agreement_json.hpp"

#include <limits>

namespace skurd {

namespace {

std::int64_t quarantine_number(JsonReader& json)
{
    return json.integer("quarantine", 1, std::numeric_limits<std::int64_t>::max());
}

} // namespace

RetryOrder RetryOrder::read(JsonReader& json)
{
    return {quarantine_number(json), read_agreement(json, "accept"), json.text("actor")};
}

Json to_json(const RetryOrder& order)
{
    return {{"quarantine", order.quarantine}, {"accept", to_json(order.agreement)}, {"actor", order.actor}};
}

DiscardOrder DiscardOrder::read(JsonReader& json)
{
    return {quarantine_number(json), json.text("note"), json.text("actor")};
}

Json to_json(const DiscardOrder& order)
{
    return {{"quarantine", order.quarantine}, {"note", order.note}, {"actor", order.actor}};
}

} // namespace skurd

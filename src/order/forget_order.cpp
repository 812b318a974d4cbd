#include "order/forget_order.hpp"

namespace skurd {

ForgetResult ForgetResult::read(JsonReader& json)
{
    return {json.text("pseudonym")};
}

Json to_json(const ForgetResult& result)
{
    return {{"pseudonym", result.pseudonym}};
}

ForgetOrder ForgetOrder::read(JsonReader& json)
{
    return {json.text("person"), json.text("actor", "")};
}

Json to_json(const ForgetOrder& order)
{
    return {{"person", order.person}, {"actor", order.actor}};
}

} // namespace skurd

#include "order/sign_off_order.hpp"

#include "base/time_text.hpp"

#include <limits>

namespace skurd {

SignOffResult SignOffResult::read(JsonReader& json)
{
    return {json.integer("sign_off", 1, std::numeric_limits<std::int64_t>::max()), json.time("signed")};
}

Json to_json(const SignOffResult& result)
{
    return {{"sign_off", result.sign_off}, {"signed", format_time(result.signed_at)}};
}

SignOffOrder SignOffOrder::read(JsonReader& json)
{
    const auto set = static_cast<int>(json.integer("set", 0, std::numeric_limits<int>::max()));
    const auto period = Period::parse(json.text("period"));
    if (!period)
        json.fail("period", "is empty: it must be a period such as 2018");
    return {set, *period, json.text("note", ""), json.text("actor")};
}

Json to_json(const SignOffOrder& order)
{
    return {{"set", order.set}, {"period", order.period.text()}, {"note", order.note}, {"actor", order.actor}};
}

} // namespace skurd

#include "order/correction_orders.hpp"

#include "base/text.hpp"

#include <limits>

namespace skurd {

namespace {

Decimal read_number(JsonReader& json, const char* name)
{
    const auto number = number_by_hand(json.text(name));
    if (!number)
        json.fail(name, "is not a number (like \"46.2\")");
    return *number;
}

Period read_corrected_period(JsonReader& json)
{
    const auto period = Period::parse(json.text("period"));
    if (!period)
        json.fail("period", "is empty: it must say which number is corrected");
    return *period;
}

} // namespace

std::optional<Decimal> number_by_hand(const std::string& text)
{
    return Decimal::parse(replace_all(text, ",", "."));
}

CorrectOrder CorrectOrder::read(JsonReader& json)
{
    return {json.text("target"),           read_corrected_period(json),
            read_number(json, "expected"), read_number(json, "corrected"),
            json.text("reason"),           json.text("actor")};
}

Json to_json(const CorrectOrder& order)
{
    return {{"target", order.target},
            {"period", order.period.text()},
            {"expected", order.expected.text()},
            {"corrected", order.corrected.text()},
            {"reason", order.reason},
            {"actor", order.actor}};
}

EndCorrectionOrder EndCorrectionOrder::read(JsonReader& json)
{
    return {json.integer("correction", 1, std::numeric_limits<std::int64_t>::max()), json.text("reason"),
            json.text("actor")};
}

Json to_json(const EndCorrectionOrder& order)
{
    return {{"correction", order.correction}, {"reason", order.reason}, {"actor", order.actor}};
}

} // namespace skurd

#include "order/annotation_orders.hpp"

#include "base/text.hpp"

#include <limits>

namespace skurd {

namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

} // namespace

AnnotationKind read_annotation_kind(const std::string& word)
{
    const auto kind = from_word<AnnotationKind>(word);
    if (!kind)
        throw usage_error("unknown kind of annotation '{}' (known: revision, error correction, break, note)",
                          excerpt(word));
    return *kind;
}

AnnotateOrder AnnotateOrder::read(JsonReader& json)
{
    AnnotateOrder order;
    order.target = json.text("target");
    order.kind = read_annotation_kind(json.text("kind"));
    order.period = Period::parse(json.text("period", ""));
    order.vintage = json.optional_integer("vintage", 1, id_max).value_or(0);
    order.text = json.text("text");
    order.actor = json.text("actor");
    return order;
}

Json to_json(const AnnotateOrder& order)
{
    return {{"target", order.target},
            {"kind", to_string(order.kind)},
            {"period", order.period ? Json(order.period->text()) : Json(nullptr)},
            {"vintage", order.vintage != 0 ? Json(order.vintage) : Json(nullptr)},
            {"text", order.text},
            {"actor", order.actor}};
}

WithdrawOrder WithdrawOrder::read(JsonReader& json)
{
    return {json.integer("annotation", 1, id_max), json.text("reason"), json.text("actor")};
}

Json to_json(const WithdrawOrder& order)
{
    return {{"annotation", order.annotation}, {"reason", order.reason}, {"actor", order.actor}};
}

} // namespace skurd

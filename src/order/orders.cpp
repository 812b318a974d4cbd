#include "order/orders.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <type_traits>

namespace skurd {

namespace {

struct OrderParser {
    std::string_view name;
    Order (*read)(JsonReader& json, std::string& bytes);
};

template <typename Kind>
Order read_as(JsonReader& json, std::string& bytes)
{
    auto order = Kind::read(json);
    json.reject_unknown();
    if constexpr (requires { order.bytes; })
        order.bytes = std::move(bytes);
    else if (!bytes.empty())
        throw usage_error("order {}: no file belongs to it, but {} bytes came with it", Kind::name, bytes.size());
    return order;
}

template <typename... Kinds>
constexpr auto parsers_of(std::type_identity<std::variant<Kinds...>>)
{
    return std::to_array<OrderParser>({{Kinds::name, read_as<Kinds>}...});
}

constexpr auto order_parsers = parsers_of(std::type_identity<Order>());

} // namespace

std::vector<std::string> order_names()
{
    std::vector<std::string> names;
    names.reserve(std::size(order_parsers));
    for (const auto& parser : order_parsers)
        names.emplace_back(parser.name);
    return names;
}

OrderMessage to_message(const Order& order)
{
    OrderMessage message;
    std::visit(
        [&](const auto& kind) {
            message.json["order"] = kind.name;
            message.json.update(to_json(kind));
            if constexpr (requires { kind.bytes; })
                message.bytes = kind.bytes;
        },
        order);
    return message;
}

Order read_order(OrderMessage message)
{
    const auto name = JsonReader(message.json, "order").text("order");
    JsonReader json(message.json, "order " + excerpt(name));
    json.text("order");
    for (const auto& parser : order_parsers)
        if (parser.name == name)
            return parser.read(json, message.bytes);
    throw usage_error("unknown order '{}'{} (known: {})", excerpt(name), did_you_mean(name, order_names()),
                      join(order_names(), ", "));
}

Json to_json(const OrderResult& result)
{
    Json json = {{"exit", static_cast<int>(exit_of(result))}};
    std::visit([&](const auto& kind) { json.update(to_json(kind)); }, result);
    return json;
}

OrderResult read_result(const Order& order, const Json& json)
{
    return std::visit(
        [&](const auto& kind) -> OrderResult {
            using Kind = std::decay_t<decltype(kind)>;
            JsonReader reader(json, fmt::format("the answer to order {}", Kind::name));
            return Kind::Result::read(reader);
        },
        order);
}

ExitCode exit_of(const OrderResult& result)
{
    return std::visit([](const auto& kind) { return kind.exit(); }, result);
}

} // namespace skurd

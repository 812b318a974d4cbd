#include "order/order_record.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::size_t summary_width = 100;

/// What an order of any kind is about: the members that name something.
template <typename Kind>
std::string subject_of(const Kind& order)
{
    std::string subject;
    const auto add = [&](const std::string& word) {
        if (!word.empty())
            subject += " " + word;
    };
    if constexpr (requires { order.which; })
        if (order.which != Kind::Which::named)
            add(fmt::format("--{}", order.which == Kind::Which::due ? "due" : "all"));
    if constexpr (requires { order.file_name; })
        add(order.file_name);
    if constexpr (requires { order.job; })
        add(order.job);
    if constexpr (requires { order.jobs; })
        add(join(order.jobs, " "));
    if constexpr (requires { order.quarantine; })
        add(std::to_string(order.quarantine));
    if constexpr (requires { order.at.source; })
        add(order.at.source);
    if constexpr (requires { order.table; })
        add(order.table);
    if constexpr (requires { order.target; })
        add(order.target);
    if constexpr (requires { order.annotation; })
        add(std::to_string(order.annotation));
    if constexpr (requires { order.correction; })
        add(std::to_string(order.correction));
    if constexpr (requires { order.flags; })
        for (const auto flag : order.flags)
            add(std::to_string(flag));
    return subject;
}

} // namespace

std::string to_text(const OrderGiver& giver)
{
    const auto name = giver.name.empty() ? "somebody" : excerpt(giver.name);
    const auto by_kernel = giver.uid               ? fmt::format("uid {}", *giver.uid)
                           : giver.address.empty() ? ""
                                                   : "from " + giver.address;
    return by_kernel.empty() || name == by_kernel ? name : fmt::format("{} ({})", name, by_kernel);
}

std::string order_summary(const Order& order)
{
    return std::visit(
        [](const auto& kind) { return excerpt(std::string(kind.name) + subject_of(kind), summary_width); }, order);
}

std::string order_actor(const Order& order)
{
    return std::visit(
        [](const auto& kind) -> std::string {
            if constexpr (requires { kind.actor; })
                return kind.actor;
            else
                return "";
        },
        order);
}

Json to_json(const OrderRecord& record)
{
    return {{"id", record.id},
            {"order", record.order},
            {"summary", record.summary},
            {"state", to_string(record.state)},
            {"attachment", to_string(record.attachment)},
            {"given_by",
             {{"name", record.giver.name},
              {"uid", record.giver.uid ? Json(*record.giver.uid) : Json(nullptr)},
              {"address", text_json(record.giver.address)}}},
            {"given_at", format_time(record.given_at)},
            {"began_at", time_json(record.began_at)},
            {"ended_at", time_json(record.ended_at)},
            {"progress", record.progress},
            {"exit", record.exit ? Json(static_cast<int>(*record.exit)) : Json(nullptr)},
            {"error", record.error}};
}

OrderRecord read_order_record(JsonReader& json)
{
    OrderRecord record;
    record.id = json.integer("id", 1, INT64_MAX);
    record.order = json.text("order");
    record.summary = json.text("summary");
    record.state = json.choice<OrderState>("state");
    record.attachment = json.choice<Attachment>("attachment");
    auto giver = json.object("given_by");
    record.giver.name = giver.text("name", "");
    if (const auto uid = giver.optional_integer("uid", 0, UINT32_MAX))
        record.giver.uid = static_cast<std::uint32_t>(*uid);
    record.giver.address = giver.text("address", "");
    record.given_at = json.time("given_at");
    record.began_at = json.optional_time("began_at");
    record.ended_at = json.optional_time("ended_at");
    record.progress = json.text("progress", "");
    if (const auto exit = json.optional_integer("exit", 0, static_cast<int>(ExitCode::busy)))
        record.exit = static_cast<ExitCode>(*exit);
    record.error = json.text("error", "");
    return record;
}

} // namespace skurd

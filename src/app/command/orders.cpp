// The command orders: what the daemon was asked to do.
#include "app/orders.hpp"
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/order_spool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

struct OrdersOptions {
    OrderId id = 0;        ///< 0 = all
    std::size_t most = 20; ///< of those that have ended
};

OrderSpool spool_of(const Context& context)
{
    return OrderSpool(context.installation().state / "orders");
}

/// Newest first: the daemon's, or what lies in the spool where none runs.
std::vector<OrderRecord> known_orders(Context& context)
{
    if (auto records = order_client(context).list())
        return std::move(*records);
    std::vector<OrderRecord> records;
    for (const auto& spooled : spool_of(context).list())
        records.insert(records.begin(), after_the_daemon(spooled, context.clock.now()));
    return records;
}

std::string state_text(const OrderRecord& record)
{
    const auto word = std::string(to_string(record.state));
    const bool went_wrong = record.state == OrderState::done && record.exit && *record.exit != ExitCode::good;
    return went_wrong ? fmt::format("{}, exit {}", word, static_cast<int>(*record.exit)) : word;
}

ExitCode list_orders(Context& context, std::size_t most)
{
    auto records = known_orders(context);
    std::size_t ended = 0;
    std::erase_if(records, [&](const OrderRecord& record) { return has_ended(record.state) && ++ended > most; });
    if (context.json) {
        print_json_list(records);
        return ExitCode::good;
    }
    TextTable table({{"order", TextTable::Align::right},
                     {"given (UTC)"},
                     {"by"},
                     {"state"},
                     {"what"},
                     {"message", TextTable::Align::left, TextTable::Fit::below}});
    for (const auto& record : records)
        table.add({std::to_string(record.id), format_time(record.given_at), to_text(record.giver), state_text(record),
                   record.summary,
                   record.error.empty() && !has_ended(record.state) ? record.progress : record.error});
    std::cout << (table.empty() ? "no order was given\n" : table.text(context.width()));
    return ExitCode::good;
}

/// As the daemon tells it, or from the spool where none runs.
Json known_order(Context& context, OrderId id)
{
    if (auto told = order_client(context).find(id))
        return std::move(*told);
    const auto spool = spool_of(context);
    for (const auto& spooled : spool.list())
        if (spooled.record.id == id) {
            auto json = to_json(after_the_daemon(spooled, context.clock.now()));
            const auto result = spool.result(id);
            json["result"] = result ? parse_json(*result) : Json(nullptr);
            return json;
        }
    throw usage_error("there is no order {} (see `skurd orders`)", id);
}

ExitCode show_order(Context& context, OrderId id)
{
    const auto told = known_order(context, id);
    if (context.json) {
        print_json(told);
        return ExitCode::good;
    }
    JsonReader members(told, "the order");
    const auto record = read_order_record(members);
    print_text("order {}: {}\n  {} {} by {}\n", record.id, record.summary, to_string(record.attachment),
               format_time(record.given_at), to_text(record.giver));
    if (record.began_at)
        print_text("  began {}\n", format_time(*record.began_at));
    print_text("  {}{}{}\n", state_text(record), record.ended_at ? " " + format_time(*record.ended_at) : "",
               record.error.empty() ? "" : ": " + record.error);
    if (!has_ended(record.state) && !record.progress.empty())
        print_text("  {}\n", record.progress);
    if (members.has("result"))
        print_json(told["result"]);
    return ExitCode::good;
}

} // namespace

void add_orders(CLI::App& command, Context& context)
{
    auto options = std::make_shared<OrdersOptions>(); // lives as long as the callback
    command.add_option("ID", options->id, "Only this one, with what it came to")->check(CLI::PositiveNumber);
    command.add_option("--most", options->most, "How many of those that have ended, newest first")
        ->capture_default_str()
        ->check(CLI::Range(0, 100000));
    command.footer("`skurd cancel ID` ends one that waits or runs. What a command carried out itself, for want of a "
                   "daemon, is not listed;\nthe runs that it made are in `skurd runs`.");
    command.callback([&context, options] {
        context.action = [&context, options] {
            return options->id != 0 ? show_order(context, options->id) : list_orders(context, options->most);
        };
    });
}

} // namespace skurd

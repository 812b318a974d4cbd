// The command replay: stored payloads decoded again.
#include "app/commands.hpp"
#include "app/orders.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"

#include <fmt/format.h>

#include <iostream>

namespace skurd {

namespace {

std::string word_or_nothing(const std::optional<std::string>& word)
{
    return word.value_or("(nothing)");
}

std::string cells_table(const ReplayResult& result, std::size_t width)
{
    TextTable table({{"vintage", TextTable::Align::right},
                     {"dataset"},
                     {"published"},
                     {"series"},
                     {"period"},
                     {"stored", TextTable::Align::right},
                     {"decoded", TextTable::Align::right}});
    for (const auto& vintage : result.vintages)
        for (const auto& cell : vintage.cells)
            table.add({std::to_string(vintage.vintage), vintage.dataset, format_date(vintage.published_at),
                       codes_text(cell.codes), cell.period.text(), word_or_nothing(cell.stored),
                       word_or_nothing(cell.decoded)});
    return table.empty() ? "" : table.text(width) + '\n';
}

void print_replay(const ReplayResult& result, std::size_t width)
{
    std::cout << cells_table(result, width);
    std::size_t different = 0;
    for (const auto& vintage : result.vintages) {
        different += vintage.different;
        if (vintage.different > vintage.cells.size())
            print_text("vintage {}: {} more cells differ\n", vintage.vintage,
                       vintage.different - vintage.cells.size());
        if (vintage.new_vintage)
            print_text("vintage {}: accepted as vintage {}\n", vintage.vintage, *vintage.new_vintage);
    }
    print_text("{} vintages decoded again, {} cells differ\n", result.vintages.size(), different);
}

struct ReplayOptions {
    ReplayOrder order;
    Attachment attachment = Attachment::attached;
};

ExitCode replay(Context& context, const ReplayOptions& options)
{
    if (options.attachment == Attachment::detached)
        return detach_order(context, options.order);
    const auto result = carry_out(context, options.order);
    for (const auto& vintage : result.vintages)
        if (!vintage.failure.empty())
            std::cerr << format_printable("skurd: {}: vintage {}: {}\n", vintage.job, vintage.vintage,
                                          vintage.failure);
    if (context.json)
        print_json(to_json(result)["vintages"]);
    else
        print_replay(result, context.width());
    return result.exit();
}

} // namespace

void add_replay(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ReplayOptions>(); // lives as long as the callback
    auto* order = &options->order;
    command.add_option("JOB", order->jobs, "Only these jobs'");
    command.add_flag_callback(
        "--accept", [order] { order->effect = ReplayOrder::Effect::accept; },
        "Write what differs as new vintages; the old ones stay");
    command.add_flag("--accept-drift", order->agreement.drift, "Also what a drift of the dataset schema blocks");
    command.add_flag("--accept-suspect", order->agreement.anomalies, "Also what looks like a slip of the source");
    add_detach(command, options->attachment);
    command.callback(
        [&context, options] { context.action = [&context, options] { return replay(context, *options); }; });
}

} // namespace skurd

// The command discover: tables at a source.
#include "app/commands.hpp"
#include "app/orders.hpp"
#include "app/source_options.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_table.hpp"
#include "run/source_query.hpp"

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

struct DiscoverOptions {
    SourceOptions at;
    std::vector<std::string> words;
};

/// The sources that can be searched for tables.
ExitCode print_sources(const Context& context)
{
    Json answer = Json::array();
    TextTable table({{"source"}, {"what"}});
    for (const auto& kind : connector_kinds()) {
        if (!kind.browse)
            continue;
        answer.push_back({{"source", kind.name}, {"summary", kind.summary}});
        table.add({std::string(kind.name), std::string(kind.summary)});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << table.text(context.width());
    return answer.empty() ? ExitCode::failed : ExitCode::good;
}

std::string table_of(const std::vector<TableEntry>& tables, std::size_t width)
{
    TextTable table({{"table"}, {"updated"}, {"periods"}, {""}, {"title"}});
    std::size_t discontinued = 0;
    for (const auto& entry : tables) {
        discontinued += entry.discontinued ? 1 : 0;
        table.add({line_of(entry.id), line_of(entry.updated), line_of(entry.periods),
                   entry.discontinued ? "✗ discontinued" : "", line_of(entry.title)});
    }
    return fmt::format("{}\n{} tables{}\n", table.text(width), tables.size(),
                       discontinued == 0 ? "" : fmt::format(", {} of them discontinued", discontinued));
}

ExitCode discover(Context& context, const DiscoverOptions& options)
{
    if (options.at.source.empty())
        return print_sources(context);
    const DiscoverOrder order{options.at.read(), join(options.words, " ")};
    const auto result = ask_source(context, order);
    if (context.json)
        print_json(to_json(result)["tables"]);
    else if (!result.tables.empty())
        std::cout << table_of(result.tables, context.width());
    else if (order.words.empty())
        print_text("{} lists no tables\n", order.at.source);
    else
        print_text("{} has no table with '{}' in its title: try fewer words, or only their "
                   "beginnings\n",
                   order.at.source, order.words);
    return result.exit();
}

} // namespace

void add_discover(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DiscoverOptions>(); // lives as long as the callback
    options->at.add_to(command);
    command.add_option("WORDS", options->words, "Words that the table's title has; all tables when left out");
    command.callback(
        [&context, options] { context.action = [&context, options] { return discover(context, *options); }; });
}

} // namespace skurd

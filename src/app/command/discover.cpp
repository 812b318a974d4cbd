// The command discover: tables at a source.
#include "app/commands.hpp"
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

/// The sources there are to look around at.
ExitCode print_sources(const Context& context)
{
    Json answer = Json::array();
    TextTable table({{"source"}, {"what"}});
    for (const auto& kind : connector_kinds()) {
        if (!kind.explore)
            continue;
        answer.push_back({{"source", kind.name}, {"summary", kind.summary}});
        table.add({std::string(kind.name), std::string(kind.summary)});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << table.text();
    return answer.empty() ? ExitCode::failed : ExitCode::good;
}

std::string table_of(const Json& tables)
{
    TextTable table({{"table"}, {"updated"}, {"periods"}, {""}, {"title"}});
    std::size_t discontinued = 0;
    for (const auto& entry : tables) {
        const bool ended = entry["discontinued"].get<bool>();
        discontinued += ended ? 1 : 0;
        table.add({line_of(entry, "table"), line_of(entry, "updated"), line_of(entry, "periods"),
                   ended ? "✗ discontinued" : "", line_of(entry, "title")});
    }
    return fmt::format("{}\n{} tables{}\n", table.text(), tables.size(),
                       discontinued == 0 ? "" : fmt::format(", {} of them discontinued", discontinued));
}

ExitCode discover(Context& context, const DiscoverOptions& options)
{
    if (options.at.source.empty())
        return print_sources(context);
    auto order = options.at.order("discover");
    const auto words = join(options.words, " ");
    order["words"] = words;
    const auto answer = look_around(context, order);
    const auto& tables = answer["tables"];
    if (context.json)
        print_json(tables);
    else if (tables.empty())
        std::cout << (words.empty() ? fmt::format("{} lists no tables\n", options.at.source)
                                    : fmt::format("{} has no table with '{}' in its title: try fewer words, or only "
                                                  "their beginnings\n",
                                                  options.at.source, words));
    else
        std::cout << table_of(tables);
    return static_cast<ExitCode>(answer.value("exit", 1));
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

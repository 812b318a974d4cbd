// The command replay: kept payloads decoded again.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/text_table.hpp"
#include "model/verification.hpp"
#include "store/maintenance.hpp"
#include "store/store_session.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

std::string word_or_nothing(const Json& word)
{
    return word.is_null() ? "(nothing)" : word.get<std::string>();
}

void print_replay(const Json& vintages)
{
    TextTable table({{"vintage", TextTable::Align::right},
                     {"dataset"},
                     {"published"},
                     {"series"},
                     {"period"},
                     {"stored", TextTable::Align::right},
                     {"decoded", TextTable::Align::right}});
    std::size_t different = 0;
    for (const auto& vintage : vintages) {
        different += vintage["different"].get<std::size_t>();
        for (const auto& cell : vintage["differences"]) {
            std::string codes;
            for (const auto& [dimension, code] : cell["codes"].items())
                codes += fmt::format("{}{}={}", codes.empty() ? "" : " ", dimension, code.get<std::string>());
            table.add({vintage["vintage"].dump(), vintage["dataset"],
                       vintage["published"].get<std::string>().substr(0, 10), codes, cell["period"],
                       word_or_nothing(cell["stored"]), word_or_nothing(cell["decoded"])});
        }
    }
    if (!table.empty())
        std::cout << table.text() << '\n';
    for (const auto& vintage : vintages) {
        const auto shown = vintage["differences"].size();
        if (vintage["different"].get<std::size_t>() > shown)
            std::cout << fmt::format("vintage {}: {} more cells differ\n", vintage["vintage"].dump(),
                                     vintage["different"].get<std::size_t>() - shown);
        if (!vintage["new_vintage"].is_null())
            std::cout << fmt::format("vintage {}: accepted as vintage {}\n", vintage["vintage"].dump(),
                                     vintage["new_vintage"].dump());
    }
    std::cout << fmt::format("{} vintages decoded again, {} cells differ\n", vintages.size(), different);
}

ExitCode replay(Context& context, const std::vector<std::string>& jobs, bool accept)
{
    const auto answer = carry_out(context, {{{"command", "replay"}, {"jobs", jobs}, {"accept", accept}}, ""});
    for (const auto& vintage : answer["vintages"])
        if (!vintage["failure"].is_null())
            std::cerr << fmt::format("skurd: {}: vintage {}: {}\n", vintage["job"].get<std::string>(),
                                     vintage["vintage"].dump(), vintage["failure"].get<std::string>());
    if (context.json)
        print_json(answer["vintages"]);
    else
        print_replay(answer["vintages"]);
    return static_cast<ExitCode>(answer.value("exit", 1));
}

} // namespace

void add_replay(CLI::App& command, Context& context)
{
    auto jobs = std::make_shared<std::vector<std::string>>(); // live as long as the callback
    auto accept = std::make_shared<bool>(false);
    command.add_option("JOB", *jobs, "Only these jobs'");
    command.add_flag("--accept", *accept, "Write what differs as new vintages; the old ones stay");
    command.callback([&context, jobs, accept] {
        context.action = [&context, jobs, accept] { return replay(context, *jobs, *accept); };
    });
}

} // namespace skurd

// The command corrections: the numbers that are overridden.
#include "app/commands.hpp"
#include "app/ended_text.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "store/correction_store.hpp"
#include "view/annotation_json.hpp"

#include <iostream>

namespace skurd {

namespace {

ExitCode show_corrections(Context& context, bool all)
{
    const ReadContext read(context);
    const auto corrections = CorrectionStore(read.store).list(std::nullopt, ended_if(all));
    if (context.json) {
        print_json_list(corrections);
        return ExitCode::good;
    }
    TextTable table({{"correction", TextTable::Align::right},
                     {"number"},
                     {"source", TextTable::Align::right},
                     {"corrected", TextTable::Align::right},
                     {"reason"},
                     {"by"},
                     {"made"},
                     {"ended"}});
    for (const auto& each : corrections)
        table.add({std::to_string(each.id), target_text(each), each.expected.text(), each.corrected.text(),
                   each.reason, each.actor, format_date(each.made_at),
                   ended_text(each.ended_at, each.ended_why, each.ended_by)});
    std::cout << (table.empty() ? all ? "no corrections\n" : "no open corrections\n" : table.text(context.width()));
    return ExitCode::good;
}

} // namespace

void add_corrections(CLI::App& command, Context& context)
{
    auto all = std::make_shared<bool>(false); // lives as long as the callback
    command.add_flag("--all", *all, "Those that have ended too");
    command.callback(
        [&context, all] { context.action = [&context, all] { return show_corrections(context, *all); }; });
}

} // namespace skurd

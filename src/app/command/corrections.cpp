// The command corrections: the numbers that are overridden.
#include "app/commands.hpp"
#include "app/ended_text.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "store/correction_store.hpp"
#include "view/annotation_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct CorrectionsOptions {
    bool all = false;
    Language language = Language::en;
};

ExitCode show_corrections(Context& context, const CorrectionsOptions& options)
{
    const ReadContext read(context);
    const auto corrections = CorrectionStore(read.store).list(std::nullopt, ended_if(options.all));
    if (context.json) {
        print_json_list(corrections);
        return ExitCode::good;
    }
    const bool en = options.language == Language::en;
    TextTable table({{en ? "correction" : "rettelse", TextTable::Align::right},
                     {en ? "number" : "tall"},
                     {en ? "source" : "kilden", TextTable::Align::right},
                     {en ? "corrected" : "rettet", TextTable::Align::right},
                     {en ? "reason" : "grunn"},
                     {en ? "by" : "av"},
                     {en ? "made" : "gjort"},
                     {en ? "ended" : "avsluttet"}});
    for (const auto& each : corrections)
        table.add({std::to_string(each.id), target_text(each), number_text(each.expected, options.language),
                   number_text(each.corrected, options.language), each.reason, each.actor, format_date(each.made_at),
                   ended_text(each.ended_at, each.ended_why, each.ended_by)});
    const auto* none = options.all ? (en ? "no corrections\n" : "ingen rettelser\n")
                                   : (en ? "no open corrections\n" : "ingen rettelser gjelder\n");
    std::cout << (table.empty() ? none : table.text(context.width()));
    return ExitCode::good;
}

} // namespace

void add_corrections(CLI::App& command, Context& context)
{
    auto options = std::make_shared<CorrectionsOptions>(); // lives as long as the callback
    command.add_flag("--all", options->all, "Those that have ended too");
    add_language(command, options->language, Speaks::of_operation);
    command.callback([&context, options] {
        context.action = [&context, options] { return show_corrections(context, *options); };
    });
}

} // namespace skurd

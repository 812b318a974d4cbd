// The command annotations: what people said of numbers.
#include "query/annotations.hpp"

#include "app/commands.hpp"
#include "app/ended_text.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "view/annotation_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct AnnotationsOptions {
    std::string target;
    bool all = false;
    Language language = Language::en;
};

ExitCode show_annotations(Context& context, const AnnotationsOptions& options)
{
    const ReadContext read(context);
    const auto found =
        annotations(read.store, read.catalogue, options.target, options.all ? Ended::included : Ended::left_out);
    if (context.json) {
        print_json_list(found);
        return ExitCode::good;
    }
    const bool en = options.language == Language::en;
    TextTable table({{en ? "annotation" : "merknad", TextTable::Align::right},
                     {en ? "about" : "gjelder"},
                     {en ? "kind" : "slag"},
                     {en ? "text" : "tekst"},
                     {en ? "by" : "av"},
                     {en ? "made" : "gjort"},
                     {en ? "withdrawn" : "trukket"}});
    for (const auto& each : found)
        table.add({std::to_string(each.id), target_text(each), enum_text(each.kind, options.language), each.text,
                   each.actor, format_date(each.made_at),
                   ended_text(each.withdrawn_at, each.withdrawn_why, each.withdrawn_by)});
    std::cout << (!table.empty() ? table.text(context.width()) : en ? "no annotations\n" : "ingen merknader\n");
    return ExitCode::good;
}

} // namespace

void add_annotations(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotationsOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->target, "An indicator's number, or dataset{dimension=code,…}");
    command.add_flag("--all", options->all, "Withdrawn ones too");
    add_language(command, options->language, Speaks::of_operation);
    command.callback([&context, options] {
        context.action = [&context, options] { return show_annotations(context, *options); };
    });
}

} // namespace skurd

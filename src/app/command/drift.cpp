// The command drift: how the schemas of datasets changed.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "store/dataset_schema_store.hpp"
#include "view/store_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct DriftOptions {
    std::string dataset; ///< "" = all
    Language language = Language::nb;
};

ExitCode show_drift(Context& context, const DriftOptions& options)
{
    const ReadContext read(context);
    const auto drift = DatasetSchemaStore(read.store).drift(options.dataset);
    if (context.json) {
        print_json_list(drift);
        return ExitCode::good;
    }
    const bool en = options.language == Language::en;
    TextTable table({{en ? "seen" : "sett"},
                     {en ? "dataset" : "datasett"},
                     {en ? "severity" : "alvor"},
                     {en ? "what" : "hva", TextTable::Align::left, TextTable::Fit::below}});
    for (const auto& one : drift)
        table.add({format_time(one.seen_at), one.dataset, enum_text(one.drift.severity, options.language),
                   en ? one.drift.text_en : one.drift.text_nb});
    std::cout << (!table.empty() ? table.text(context.width())
                  : en           ? "no dataset's schema has drifted\n"
                                 : "ingen tabell har endret seg\n");
    return ExitCode::good;
}

} // namespace

void add_drift(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DriftOptions>(); // lives as long as the callback
    command.add_option("DATASET", options->dataset, "Only of this one, like ssb/07459");
    add_language(command, options->language, Speaks::of_operation);
    command.callback(
        [&context, options] { context.action = [&context, options] { return show_drift(context, *options); }; });
}

} // namespace skurd

// The command drift: how the schemas of datasets changed.
#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/quarantine.hpp"
#include "run/quarantine.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"

#include <iostream>

namespace skurd {

namespace {

ExitCode list_drift(Context& context, const std::string& dataset, const std::string& language)
{
    const auto all = DatasetSchemaStore(StoreView(context).store).drift(dataset);
    if (context.json) {
        auto answer = Json::array();
        for (const auto& one : all)
            answer.push_back({{"dataset", one.dataset},
                              {"seen", format_time(one.seen_at)},
                              {"run", one.run == 0 ? Json(nullptr) : Json(one.run)},
                              {"severity", to_string(one.drift.severity)},
                              {"dimension", one.drift.dimension},
                              {"text_nb", one.drift.text_nb},
                              {"text_en", one.drift.text_en}});
        print_json(answer);
        return ExitCode::good;
    }
    Table table({{"seen"}, {"dataset"}, {"severity"}, {"what"}});
    for (const auto& one : all)
        table.add({format_time(one.seen_at), one.dataset, std::string(to_string(one.drift.severity)),
                   language == "nb" ? one.drift.text_nb : one.drift.text_en});
    std::cout << (table.empty() ? "no dataset has looked other than before\n" : table.text());
    return ExitCode::good;
}

} // namespace

void add_drift(CLI::App& command, Context& context)
{
    struct Options {
        std::string dataset;
        std::string language = "nb";
    };
    auto options = std::make_shared<Options>(); // lives as long as the callback
    command.add_option("DATASET", options->dataset, "Only of this one, like ssb/07459");
    command.add_option("--lang", options->language, "nb or en")
        ->check(CLI::IsMember({"nb", "en"}))
        ->capture_default_str();
    command.callback([&context, options] {
        context.action = [&context, options] { return list_drift(context, options->dataset, options->language); };
    });
}

} // namespace skurd

// The command corrections: the numbers that are overridden.
#include "app/correction_notes.hpp"

#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "daemon/annotation_orders.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"
#include "store/observation_store.hpp"

#include <iostream>
#include <set>

namespace skurd {

namespace {

std::string end_text(const std::optional<Time>& at, const std::string& why, const std::string& by)
{
    return at ? fmt::format("{}: {}{}", format_date(*at), why, by.empty() ? "" : " (" + by + ")") : "";
}

ExitCode list_corrections(Context& context, bool all)
{
    const StoreView view(context);
    Json answer = Json::array();
    Table table({{"correction", Table::Align::right},
                 {"number"},
                 {"source", Table::Align::right},
                 {"corrected", Table::Align::right},
                 {"reason"},
                 {"by"},
                 {"made"},
                 {"ended"}});
    for (const auto& each : CorrectionStore(view.store).list("", all)) {
        answer.push_back(to_json(each));
        table.add({std::to_string(each.id), target_text(each), each.expected.text(), each.corrected.text(),
                   each.reason, each.person, format_date(each.made_at),
                   end_text(each.ended_at, each.ended_why, each.ended_by)});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? all ? "no corrections\n" : "no open corrections\n" : table.text());
    return ExitCode::good;
}

} // namespace

void add_corrections(CLI::App& command, Context& context)
{
    auto all = std::make_shared<bool>(false); // lives as long as the callback
    command.add_flag("--all", *all, "Those that have ended too");
    command.callback(
        [&context, all] { context.action = [&context, all] { return list_corrections(context, *all); }; });
}

} // namespace skurd

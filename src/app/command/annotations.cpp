// The command annotations: what people said of numbers.
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

struct AnnotationsOptions {
    std::string target;
    bool all = false;
};

std::string end_text(const std::optional<Time>& at, const std::string& why, const std::string& by)
{
    return at ? fmt::format("{}: {}{}", format_date(*at), why, by.empty() ? "" : " (" + by + ")") : "";
}

/// The annotations about the dataset of a target, and about its series where it names some; all without a target.
std::vector<Annotation> annotations_of(const StoreView& view, const AnnotationsOptions& options)
{
    if (options.target.empty())
        return AnnotationStore(view.store).list("", options.all);
    const auto target = target_of(options.target, view.catalogue);
    std::set<std::int64_t> series = {0};
    for (const auto& seen : ObservationStore(view.store).as_of(target, {}))
        series.insert(seen.series);
    auto found = AnnotationStore(view.store).list(target.dataset, options.all);
    std::erase_if(found, [&](const Annotation& annotation) { return !series.contains(annotation.series); });
    return found;
}

ExitCode list_annotations(Context& context, const AnnotationsOptions& options)
{
    const StoreView view(context);
    Json answer = Json::array();
    Table table(
        {{"annotation", Table::Align::right}, {"about"}, {"kind"}, {"text"}, {"by"}, {"made"}, {"withdrawn"}});
    for (const auto& each : annotations_of(view, options)) {
        answer.push_back(to_json(each));
        table.add({std::to_string(each.id), target_text(each), std::string(to_string(each.kind)), each.text,
                   each.person, format_date(each.made_at),
                   end_text(each.withdrawn_at, each.withdrawn_why, each.withdrawn_by)});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? "no annotations\n" : table.text());
    return ExitCode::good;
}

constexpr auto series_text = "An indicator's number, or dataset{dimension=code,…}";

} // namespace

void add_annotations(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotationsOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->target, series_text);
    command.add_flag("--all", options->all, "Withdrawn ones too");
    command.callback([&context, options] {
        context.action = [&context, options] { return list_annotations(context, *options); };
    });
}

} // namespace skurd

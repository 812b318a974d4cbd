// The command diff: what changed between two days, two reports, or a signed report and now.
#include "app/commands.hpp"
#include "app/differences.hpp"
#include "app/options.hpp"
#include "app/table.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/report_differences.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "query/reports.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "view/run_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct DiffOptions {
    std::string from;
    std::string to;
    std::string selector;
    std::vector<int> sets;
    int signed_set = 0;
    std::string period;
    bool now = false;
    std::string language = "nb";
};

ExitCode print(Context& context, const LocalizedText& before, const LocalizedText& now,
               const std::vector<ReportDifference>& found, Language language)
{
    if (context.json) {
        Json answer = {{"before", before.en}, {"now", now.en}, {"differences", Json::array()}};
        for (const auto& one : found)
            answer["differences"].push_back(to_json(one));
        print_json(answer);
    } else {
        const bool en = language == Language::en;
        std::cout << (en ? before.en + " → " + now.en : before.nb + " → " + now.nb) << "\n\n"
                  << differences_text(found, language);
    }
    return ExitCode::good;
}

ExitCode diff_sets(Context& context, const DiffOptions& options)
{
    const StoreView view(context);
    const auto before = printed_report(view.store, view.catalogue, options.sets.at(0));
    const auto now = printed_report(view.store, view.catalogue, options.sets.at(1));
    return print(context, before.name, now.name, differences(before, now, view.catalogue),
                 from_word<Language>(options.language).value());
}

ExitCode diff_signed(Context& context, const DiffOptions& options)
{
    const StoreView view(context);
    const auto signing =
        newest_sign_off(view.store, options.signed_set,
                        options.period.empty() ? std::nullopt : std::optional(read_period(options.period)));
    const auto now = report_now(view.store, view.catalogue, signing);
    return print(context, signed_title(signing), {"nå", "now"}, differences(signing.snapshot, now, view.catalogue),
                 from_word<Language>(options.language).value());
}

struct Changed {
    Observation seen; ///< as it is now, or was where it is gone
    std::optional<Value> before;
    std::optional<Value> now;
};

/// What of one dataset's cells reads otherwise on the second day, by series and period.
std::vector<Changed> changes_of(const StoreSession& store, const Selector& selector, const AsOf& from, const AsOf& to)
{
    std::map<std::pair<std::int64_t, Period>, Changed> cells;
    for (auto& seen : ObservationStore(store).as_of(selector, from)) {
        auto& cell = cells[{seen.series, seen.period}];
        cell.before = seen.value;
        cell.seen = std::move(seen);
    }
    for (auto& seen : ObservationStore(store).as_of(selector, to)) {
        auto& cell = cells[{seen.series, seen.period}];
        cell.now = seen.value;
        cell.seen = std::move(seen);
    }
    std::vector<Changed> changed;
    for (auto& [key, cell] : cells)
        if (cell.before != cell.now)
            changed.push_back(std::move(cell));
    return changed;
}

Json json_of(const Changed& one)
{
    const auto value = [](const std::optional<Value>& v) { return v ? Json(word_of(*v)) : Json(nullptr); };
    return {{"dataset", one.seen.dataset},
            {"codes", codes_json(one.seen.codes)},
            {"period", one.seen.period.text()},
            {"before", value(one.before)},
            {"now", value(one.now)},
            {"vintage", one.seen.vintage},
            {"published", format_time(one.seen.published_at)}};
}

ExitCode diff_days(Context& context, const DiffOptions& options)
{
    const StoreView view(context);
    const auto at = [](const std::string& text) { return AsOfOptions{text, ""}.read(); };
    const auto from = at(options.from);
    const auto to = options.to.empty() ? AsOf{} : at(options.to);
    std::vector<Selector> selectors;
    if (!options.selector.empty())
        selectors.push_back(Selector::parse(options.selector));
    else
        for (const auto& dataset : VintageStore(view.store).datasets())
            selectors.push_back({dataset, {}});
    Json answer = Json::array();
    Table table(
        {{"series"}, {"period"}, {"before", Table::Align::right}, {"now", Table::Align::right}, {"published"}});
    for (const auto& selector : selectors)
        for (const auto& one : changes_of(view.store, selector, from, to)) {
            answer.push_back(json_of(one));
            const auto word = [](const std::optional<Value>& v) { return v ? word_of(*v) : std::string(); };
            table.add({one.seen.dataset + " " + codes_text(one.seen.codes), one.seen.period.text(), word(one.before),
                       word(one.now), format_date(one.seen.published_at)});
        }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? "no differences\n" : table.text());
    return ExitCode::good;
}

ExitCode diff(Context& context, const DiffOptions& options)
{
    const int asked = (options.from.empty() ? 0 : 1) + (options.sets.empty() ? 0 : 1) + (options.signed_set ? 1 : 0);
    if (asked != 1)
        throw usage_error("say what to compare: --from T [--to T], --sets A B, or --signed SET --now");
    if (!options.sets.empty())
        return diff_sets(context, options);
    return options.signed_set != 0 ? diff_signed(context, options) : diff_days(context, options);
}

} // namespace

void add_diff(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DiffOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->selector, "With --from: only these series");
    command.add_option("--from", options->from, "What had been published by that day or instant ...");
    command.add_option("--to", options->to, "... against what had been by this; now when left out");
    command.add_option("--sets", options->sets, "The reports of two indicator sets, as they were printed")
        ->expected(2);
    command.add_option("--signed", options->signed_set, "The report of that set as it was last signed off ...");
    command.add_flag("--now", options->now, "... against what it would say now (the default)");
    command.add_option("--period", options->period, "With --signed: the report for that period");
    command.add_option("--lang", options->language, "nb or en")
        ->check(CLI::IsMember({"nb", "en"}))
        ->capture_default_str();
    command.callback(
        [&context, options] { context.action = [&context, options] { return diff(context, *options); }; });
}

} // namespace skurd

// The command diff: what changed between two days, two reports, or a signed report and now.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "indicator/report_differences.hpp"
#include "model/indicator_name.hpp"
#include "model/release.hpp"
#include "query/cell_changes.hpp"
#include "query/reports.hpp"
#include "report/report_text.hpp"
#include "view/observation_json.hpp"
#include "view/verdict_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

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
    Language language = Language::nb;
};

/// A table of what two reports state differently, then how many there are of each kind.
std::string differences_text(const std::vector<ReportDifference>& differences, Language language, std::size_t width)
{
    const bool en = language == Language::en;
    TextTable table({{en ? "before" : "før", TextTable::Align::right},
                     {en ? "now" : "nå", TextTable::Align::right},
                     {en ? "kind" : "slag"},
                     {en ? "what, and why" : "hva, og hvorfor", TextTable::Align::left, TextTable::Fit::below}});
    std::map<DifferenceKind, int> counts;
    for (const auto& one : differences) {
        ++counts[one.kind];
        const auto kind = kind_text(one.kind);
        table.add({one.number_before ? indicator_name(one.number_before) : "–",
                   one.number_now ? indicator_name(one.number_now) : "–", kind.in(language), one.text.in(language)});
    }
    if (table.empty())
        return en ? "no differences\n" : "ingen forskjeller\n";
    auto text = table.text(width) + fmt::format("\n{} {}: ", differences.size(), en ? "differences" : "forskjeller");
    const char* separator = "";
    for (const auto& [kind, count] : counts) {
        text += fmt::format("{}{} {}", separator, count, kind_text(kind).in(language));
        separator = ", ";
    }
    return text + "\n";
}

ExitCode print_differences(Context& context, const LocalizedText& before, const LocalizedText& now,
                           const std::vector<ReportDifference>& found, Language language)
{
    if (context.json)
        print_json({{"before", before.en}, {"now", now.en}, {"differences", json_list(found)}});
    else
        std::cout << fitted(fmt::format("{} → {}\n\n{}", before.in(language), now.in(language),
                                        differences_text(found, language, context.width())),
                            context.width());
    return ExitCode::good;
}

ExitCode diff_sets(Context& context, const DiffOptions& options)
{
    const ReadContext read(context);
    const auto before = printed_report(read.store, read.catalogue, options.sets.at(0));
    const auto now = printed_report(read.store, read.catalogue, options.sets.at(1));
    return print_differences(context, before.name, now.name, differences(before, now, read.catalogue),
                             options.language);
}

ExitCode diff_signed(Context& context, const DiffOptions& options)
{
    const ReadContext read(context);
    const auto signing = newest_sign_off(read.store, options.signed_set, read_optional_period(options.period));
    const auto now = report_now(read.store, read.catalogue, signing);
    return print_differences(context, signed_title(signing), {"nå", "now"},
                             differences(signing.snapshot, now, read.catalogue), options.language);
}

std::string changes_text(const std::vector<CellChange>& changes, const Catalogue& catalogue, Language language,
                         std::size_t width)
{
    using enum TextTable::Align;
    const bool en = language == Language::en;
    TextTable table({{en ? "series" : "serie"},
                     {en ? "period" : "periode"},
                     {en ? "before" : "før", right},
                     {en ? "now" : "nå", right},
                     {en ? "unit" : "enhet"},
                     {en ? "published" : "publisert"},
                     {en ? "why" : "hvorfor", left, TextTable::Fit::below}});
    const ReportText words(language);
    for (const auto& change : changes) {
        const auto& seen = change.observation;
        table.add({seen.dataset + " " + codes_text(seen.codes), seen.period.text(), value_text(change.before),
                   value_text(change.now), words.unit(seen.unit), published_day(seen.published_at, seen.confidence),
                   change_reason(change, catalogue).in(language)});
    }
    return !table.empty() ? table.text(width) : en ? "no differences\n" : "ingen forskjeller\n";
}

ExitCode diff_days(Context& context, const DiffOptions& options)
{
    const ReadContext read(context);
    const auto selector = options.selector.empty() ? std::nullopt : std::optional(Selector::parse(options.selector));
    const auto from = AsOfOptions{options.from, ""}.read();
    const auto changes = cell_changes(read.store, selector, from, AsOfOptions{options.to, ""}.read());
    if (context.json) {
        print_json_list(changes);
        return ExitCode::good;
    }
    std::cout << changes_text(changes, read.catalogue, options.language, context.width());
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
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return diff(context, *options); }; });
}

} // namespace skurd

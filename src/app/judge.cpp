// The commands that judge: report, verdict.
#include "app/commands.hpp"
#include "app/remarks.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/rule.hpp"
#include "indicator/verdict_csv.hpp"
#include "report/report.hpp"
#include "run/reports.hpp"

#include <iostream>
#include <set>

namespace skurd {

namespace {

struct ReportOptions {
    int set = 0;
    std::string period;
    std::string format = "text";
    std::string language = "nb";
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
};

/// The newest set whose report had been published when the newest vintage was.
int newest_set(const StoreView& view, const AsOf& as_of)
{
    Time newest{};
    for (const auto& vintage : view.store.vintages(""))
        newest = std::max(newest, vintage.published.published_at);
    const auto at = as_of.published.value_or(newest);
    int chosen = view.catalogue.sets.front().number;
    for (const auto& set : view.catalogue.sets)
        if (set.published <= at)
            chosen = set.number;
    return chosen;
}

ExitCode report(Context& context, const ReportOptions& options)
{
    const StoreView view(context);
    const auto as_of = options.as_of.read();
    const int set = options.set != 0 ? options.set : newest_set(view, as_of);
    const auto newest = options.period.empty() ? newest_period(view.store, view.catalogue, set, as_of)
                                               : std::optional(read_period(options.period));
    if (!newest)
        throw error("set {} has no values yet: run `skurd harvest --all`", set);
    const auto made = status_report(view.store, view.catalogue, {set, *newest}, as_of, options.numbers);
    std::cout << render_report(made, view.catalogue,
                               report_format_from(context.json ? "json" : options.format).value(),
                               language_from(options.language).value(), context.colour() ? Colour::on : Colour::off);
    return ExitCode::good;
}

struct VerdictOptions {
    std::string kind;
    std::string direction = "neutral";
    std::string old_value;
    std::string new_value;
    int years = 1;
    bool from_stdin = false;
};

std::optional<Decimal> read_number(const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    const auto number = Decimal::parse(replace_all(text, ",", "."));
    if (!number)
        throw usage_error("'{}' is not a number (like 46.2 or 46,2)", text);
    return number;
}

ExitCode verdict(Context& context, const VerdictOptions& options)
{
    if (options.from_stdin) {
        std::ios::sync_with_stdio(false);
        write_verdicts(std::cin, std::cout);
        return ExitCode::good;
    }
    const auto kind = indicator_kind_from(options.kind);
    const auto direction = direction_from(options.direction);
    if (!kind || !direction || options.old_value.empty() || options.new_value.empty())
        throw usage_error("give --kind and two numbers, or --stdin (see `skurd verdict --help`)");
    const auto judged = explain({.kind = *kind,
                                 .direction = *direction,
                                 .old_value = read_number(options.old_value),
                                 .new_value = read_number(options.new_value),
                                 .years = options.years});
    if (context.json)
        print_json({{"verdict", to_string(judged.outcome)},
                    {"change", judged.change ? Json(judged.change->text()) : Json(nullptr)},
                    {"unit", judged.unit},
                    {"reason", judged.reason.en},
                    {"near_miss", judged.near_miss.en}});
    else
        std::cout << to_string(judged.outcome) << (judged.reason.en.empty() ? "" : " (" + judged.reason.en + ")")
                  << '\n';
    return ExitCode::good;
}

void add_language(CLI::App& command, std::string& language)
{
    command.add_option("--lang", language, "nb or en")->check(CLI::IsMember({"nb", "en"}))->capture_default_str();
}

} // namespace

void set_up_report(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ReportOptions>(); // lives as long as the callback
    command.add_option("--set", options->set, "The indicator set; the newest with data when left out");
    command.add_option("--period", options->period, "The period reported on; the newest with data when left out");
    options->as_of.add_to(command);
    command.add_option("--format", options->format, "text, md, csv or json")
        ->check(CLI::IsMember({"text", "md", "csv", "json"}))
        ->capture_default_str();
    add_corrected(command, options->numbers);
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return report(context, *options); }; });
}

void set_up_verdict(CLI::App& command, Context& context)
{
    auto options = std::make_shared<VerdictOptions>(); // lives as long as the callback
    command.add_option("--kind", options->kind, "share, number, amount, ratio or score")
        ->check(CLI::IsMember({"share", "number", "amount", "ratio", "score"}));
    command.add_option("--direction", options->direction, "The desired direction: up, down or neutral")
        ->check(CLI::IsMember({"up", "down", "neutral"}))
        ->capture_default_str();
    command.add_option("OLD", options->old_value, "The old value (decimal point or comma)");
    command.add_option("NEW", options->new_value, "The new value");
    command.add_option("--years", options->years, "Years between them: more than one judges the change per year")
        ->check(CLI::Range(1, years_max))
        ->capture_default_str();
    command.add_flag("--stdin", options->from_stdin,
                     "Read CSV with the header kind,direction,old,new,years; write it with a column verdict added");
    command.callback(
        [&context, options] { context.action = [&context, options] { return verdict(context, *options); }; });
}

} // namespace skurd

// The command report: the status tables of an indicator set, in any form.
#include "report/report.hpp"
#include "app/options.hpp"

#include "app/commands.hpp"
#include "app/files.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/rule.hpp"
#include "model/correction.hpp"
#include "model/vintage.hpp"
#include "query/reports.hpp"
#include "store/vintage_store.hpp"

#include <iostream>
#include <unistd.h>

namespace skurd {

namespace {

struct ReportOptions {
    int set = 0;
    std::string period;
    std::string format = "text";
    std::string language = "nb";
    std::string output; ///< "" = standard output
    int signed_set = 0;
    std::string share_points; ///< of --threshold-share; "" = the rule's own
    std::string percent;
    int prices_of = 0;
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
};

/// The newest set whose report had been published when the newest vintage was.
int newest_set(const StoreView& view, const AsOf& as_of)
{
    Time newest{};
    for (const auto& vintage : VintageStore(view.store).list(""))
        newest = std::max(newest, vintage.published.published_at);
    const auto at = as_of.published.value_or(newest);
    int chosen = view.catalogue.sets.front().number;
    for (const auto& set : view.catalogue.sets)
        if (set.published <= at)
            chosen = set.number;
    return chosen;
}

Decimal limit_of(const std::string& option, const std::string& text, const Decimal& fallback)
{
    if (text.empty())
        return fallback;
    const auto limit = Decimal::parse(replace_all(text, ",", "."));
    if (!limit || limit->is_negative())
        throw usage_error("{} '{}' is not a limit such as 0.5", option, text);
    return *limit;
}

/// What the limits would be if they were others; nothing where none is tried.
std::optional<Thresholds> what_if(const ReportOptions& options)
{
    if (options.share_points.empty() && options.percent.empty())
        return std::nullopt;
    return Thresholds{limit_of("--threshold-share", options.share_points, default_thresholds.share_points),
                      limit_of("--threshold-number", options.percent, default_thresholds.percent)};
}

StatusReport wanted_report(const StoreView& view, const ReportOptions& options)
{
    const auto as_of = options.as_of.read();
    const int set = options.set != 0 ? options.set : newest_set(view, as_of);
    const auto period = options.period.empty() ? newest_period(view.store, view.catalogue, set, as_of)
                                               : std::optional(read_period(options.period));
    if (!period)
        throw error("set {} has no values yet: run `skurd harvest --all`", set);
    const ReportQuestion question = {set, *period, as_of.published, what_if(options),
                                     options.prices_of == 0 ? std::nullopt : std::optional(options.prices_of)};
    return status_report(view.store, view.catalogue, question, as_of, options.numbers);
}

/// A signed report says what it said: nothing else can be asked of it than its form.
std::string signed_bytes(const StoreView& view, const ReportOptions& options, const std::string& format)
{
    const bool asks_more = options.set != 0 || !options.as_of.published.empty() || !options.as_of.known.empty() ||
                           what_if(options) || options.prices_of != 0 || options.numbers != Numbers::published;
    if (asks_more)
        throw usage_error("--signed gives a report back as it was: beside it stand only --period, --format, --lang "
                          "and --output");
    const auto signing =
        newest_sign_off(view.store, options.signed_set,
                        options.period.empty() ? std::nullopt : std::optional(read_period(options.period)));
    return signed_report(view.store, signing, format, options.language);
}

ExitCode report(Context& context, const ReportOptions& options)
{
    const auto format = from_word<ReportFormat>(context.json ? "json" : options.format).value();
    const bool to_file = !options.output.empty();
    if (format == ReportFormat::xlsx && !to_file && ::isatty(STDOUT_FILENO) != 0)
        throw usage_error("an xlsx file is not for a terminal: name a file with --output");
    const StoreView view(context);
    const auto bytes = options.signed_set != 0
                           ? signed_bytes(view, options, context.json ? "json" : options.format)
                           : render_report(wanted_report(view, options), view.catalogue, format,
                                           from_word<Language>(options.language).value(),
                                           context.colour() && !to_file ? Colour::on : Colour::off);
    if (to_file)
        write_output(options.output, bytes);
    else
        std::cout << bytes;
    return ExitCode::good;
}

} // namespace

void add_report(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ReportOptions>(); // lives as long as the callback
    command.add_option("--set", options->set, "The indicator set; the newest with data when left out");
    command.add_option("--period", options->period, "The period reported on; the newest with data when left out");
    options->as_of.add_to(command);
    command.add_option("--format", options->format, "text, md, html, csv, xlsx or json")
        ->check(CLI::IsMember({"text", "md", "html", "csv", "xlsx", "json"}))
        ->capture_default_str();
    command.add_option("--output", options->output, "The file to write, whole or not at all, instead of printing");
    command.add_option("--lang", options->language, "nb or en")
        ->check(CLI::IsMember({"nb", "en"}))
        ->capture_default_str();
    add_corrected(command, options->numbers);
    command.add_option("--signed", options->signed_set, "The report of that set as it was signed off, to the byte");
    command.add_option("--threshold-share", options->share_points, "What if: limit for shares, in percentage points");
    command.add_option("--threshold-number", options->percent, "What if: limit for other numbers, in percent");
    command.add_option("--prices", options->prices_of,
                       "Amounts in kroner of that year, by the catalogue's price index");
    command.callback(
        [&context, options] { context.action = [&context, options] { return report(context, *options); }; });
}

} // namespace skurd

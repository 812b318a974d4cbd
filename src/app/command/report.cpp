// The command report: the status tables of an indicator set, in any form.
#include "report/report.hpp"

#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/rule.hpp"
#include "query/reports.hpp"

#include <iostream>
#include <unistd.h>

namespace skurd {

namespace {

struct ReportOptions {
    int set = 0;
    std::string period;
    std::string format; ///< "" = text, or JSON where that is asked for
    Language language = Language::nb;
    std::string output; ///< "" = standard output
    int signed_set = 0;
    std::string share_points; ///< of --threshold-share; "" = the rule's own
    std::string percent;
    int prices_of = 0;
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
    std::optional<CsvDialect> dialect;
};

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

StatusReport wanted_report(const ReadContext& read, const ReportOptions& options)
{
    const auto as_of = options.as_of.read();
    const int set = options.set != 0 ? options.set : newest_set(read.store, read.catalogue, as_of);
    const auto period = options.period.empty() ? newest_period(read.store, read.catalogue, set, as_of)
                                               : std::optional(read_period(options.period));
    if (!period)
        throw error("set {} has no values yet: run `skurd harvest --all`", set);
    const ReportQuestion question = {set, *period, as_of.published, what_if(options),
                                     options.prices_of == 0 ? std::nullopt : std::optional(options.prices_of)};
    return status_report(read.store, read.catalogue, question, as_of, options.numbers, read.attributions());
}

/// A signed report says what it said: nothing else can be asked of it than its form.
std::string signed_bytes(const ReadContext& read, const ReportOptions& options, std::string_view format)
{
    const bool asks_more = options.set != 0 || !options.as_of.published.empty() || !options.as_of.known.empty() ||
                           what_if(options) || options.prices_of != 0 || options.numbers != Numbers::published;
    if (asks_more || options.dialect)
        throw usage_error("--signed gives a report back as it was: beside it stand only --period, --format, --lang "
                          "and --output");
    const auto signing = newest_sign_off(read.store, options.signed_set, read_optional_period(options.period));
    return signed_report(read.store, signing, std::string(format), options.language == Language::nb ? "nb" : "en");
}

ExitCode report(Context& context, const ReportOptions& options)
{
    if (context.json && !options.format.empty() && options.format != "json")
        throw usage_error("--json and --format {} ask for two things: leave one out", options.format);
    const auto& format = *find_report_format(context.json             ? "json"
                                             : options.format.empty() ? "text"
                                                                      : options.format);
    const bool to_file = !options.output.empty();
    if (format.content == ReportFormat::Content::binary && !to_file && ::isatty(STDOUT_FILENO) != 0)
        throw usage_error("an {} file is not for a terminal: name a file with --output", format.name);
    const auto dialect = csv_dialect(options.dialect, format.name == "csv");
    const ReadContext read(context);
    const auto colour = context.colour() && !to_file ? Colour::on : Colour::off;
    const auto bytes = options.signed_set != 0
                           ? signed_bytes(read, options, format.name)
                           : format.render({wanted_report(read, options), read.catalogue, options.language, colour,
                                            to_file ? 0 : context.width(), dialect});
    if (to_file)
        write_output(options.output, bytes);
    else
        print_exactly(bytes); // the text is printable, and may be coloured
    return ExitCode::good;
}

/// The names of all formats.
std::vector<std::string> format_names()
{
    std::vector<std::string> names;
    for (const auto& format : report_formats())
        names.emplace_back(format.name);
    return names;
}

} // namespace

void add_report(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ReportOptions>(); // lives as long as the callback
    command.add_option("--set", options->set, "The indicator set; the newest with data when left out");
    command.add_option("--period", options->period, "The period reported on; the newest with data when left out");
    options->as_of.add_to(command);
    command.add_option("--format", options->format, "The form of the report")
        ->check(CLI::IsMember(format_names()))
        ->default_str("text");
    command.add_option("--output", options->output, "The file to write, whole or not at all, instead of printing");
    add_dialect(command, options->dialect);
    add_language(command, options->language);
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

// The command verdict: tries the change rule.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/rule.hpp"
#include "indicator/verdict_csv.hpp"
#include "view/verdict_json.hpp"

#include <iostream>

namespace skurd {

namespace {

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

/// As a verdict on numbers of no indicator and no period.
Verdict verdict_of(const Judgement& judged, const VerdictOptions& options)
{
    Verdict verdict;
    verdict.comparison = options.years > 1 ? Comparison::per_year : Comparison::previous;
    verdict.years = options.years;
    verdict.old_value = read_number(options.old_value);
    verdict.new_value = read_number(options.new_value);
    verdict.outcome = judged.outcome;
    verdict.change = judged.change;
    verdict.unit = judged.unit;
    verdict.reason = judged.reason.en;
    verdict.near_miss = judged.near_miss;
    return verdict;
}

ExitCode verdict(Context& context, const VerdictOptions& options)
{
    if (options.from_stdin) {
        std::ios::sync_with_stdio(false);
        std::ostream out(PrintableStream::exact(std::cout));
        write_verdicts(std::cin, out);
        return ExitCode::good;
    }
    const auto kind = from_word<IndicatorKind>(options.kind);
    const auto direction = from_word<Direction>(options.direction);
    if (!kind || !direction || options.old_value.empty() || options.new_value.empty())
        throw usage_error("give --kind and two numbers, or --stdin (see `skurd verdict --help`)");
    const auto judged = explain({.kind = *kind,
                                 .direction = *direction,
                                 .old_value = read_number(options.old_value),
                                 .new_value = read_number(options.new_value),
                                 .years = options.years});
    if (context.json)
        print_json(to_json(verdict_of(judged, options)));
    else
        std::cout << to_string(judged.outcome) << (judged.reason.en.empty() ? "" : " (" + judged.reason.en + ")")
                  << '\n';
    return ExitCode::good;
}

} // namespace

void add_verdict(CLI::App& command, Context& context)
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

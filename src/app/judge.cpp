// The commands that judge: report, why, verdict.
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
#include "run/evaluation.hpp"

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

/// The newest period for which any indicator of the set has a number.
Period newest_period(const StoreView& view, int set_number, const AsOf& as_of)
{
    Period newest;
    const auto* set = view.catalogue.set(set_number);
    for (const int number : set ? set->members : std::vector<int>())
        for (const auto& [period, value] :
             indicator_values(view.store, *view.catalogue.find(number), as_of, Numbers::published))
            if (value.value.number && (newest == Period() || newest < period))
                newest = period;
    if (newest == Period())
        throw error("set {} has no values yet: run `skurd harvest --all`", set_number);
    return newest;
}

ExitCode report(Context& context, const ReportOptions& options)
{
    const StoreView view(context);
    const auto as_of = options.as_of.read();
    const int set = options.set != 0 ? options.set : newest_set(view, as_of);
    const auto period = options.period.empty() ? newest_period(view, set, as_of) : read_period(options.period);
    const auto made = status_report(view.store, view.catalogue, set, period, as_of, options.numbers);
    std::cout << render_report(made, view.catalogue,
                               report_format_from(context.json ? "json" : options.format).value(),
                               language_from(options.language).value(), context.colour() ? Colour::on : Colour::off);
    return ExitCode::good;
}

struct WhyOptions {
    int indicator = 0;
    std::string language = "nb";
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
};

std::string text_of(const std::optional<Decimal>& number)
{
    return number ? number->text() : "";
}

Json why_json(const Indicator& indicator, const IndicatorValues& values, const std::vector<Verdict>& verdicts,
              const Store& store, const AsOf& as_of)
{
    const auto& definition = indicator.definition_at(as_of.published);
    Json answer = {{"indicator", indicator.number},
                   {"label", {{"nb", indicator.label.nb}, {"en", indicator.label.en}}},
                   {"kind", to_string(kind_under(indicator, definition.id))},
                   {"direction", to_string(indicator.direction)},
                   {"unit", definition.unit},
                   {"definition", definition.id},
                   {"formula", definition.formula.text()},
                   {"definitions", Json::array()},
                   {"values", Json::array()},
                   {"verdicts", Json::array()}};
    for (const auto& each : indicator.definitions)
        answer["definitions"].push_back({{"definition", each.id},
                                         {"from", format_time(each.from)},
                                         {"formula", each.formula.text()},
                                         {"kind", to_string(kind_under(indicator, each.id))},
                                         {"unit", each.unit},
                                         {"comparable_with_previous", each.comparable_with_previous},
                                         {"reason", each.reason.en}});
    const auto vintages = store.vintages(definition.formula.dataset);
    for (const auto& [period, value] : values) {
        Json row = {{"period", period.text()},
                    {"value", value.value.number ? Json(value.value.number->text()) : Json(nullptr)},
                    {"status", value.value.symbol.text},
                    {"vintage", value.vintage},
                    {"published", format_time(value.published_at)},
                    {"correction", correction_json(value.correction.get(), value.value)}};
        for (const auto& vintage : vintages)
            if (vintage.id == value.vintage)
                row.update({{"payload", vintage.payload_hash}, {"origin", to_string(vintage.origin)}});
        answer["values"].push_back(row);
    }
    for (const auto& verdict : verdicts)
        answer["verdicts"].push_back({{"comparison", to_string(verdict.comparison)},
                                      {"from", verdict.from.text()},
                                      {"to", verdict.to.text()},
                                      {"years", verdict.years},
                                      {"old", text_of(verdict.old_value)},
                                      {"new", text_of(verdict.new_value)},
                                      {"verdict", to_string(verdict.outcome)},
                                      {"change", verdict.change ? Json(verdict.change->text()) : Json(nullptr)},
                                      {"unit", verdict.unit},
                                      {"rule", verdict.rule},
                                      {"reason", verdict.reason},
                                      {"sentence_nb", verdict.sentence_nb},
                                      {"sentence_en", verdict.sentence_en}});
    return answer;
}

/// The same for people.
void print_why(const Json& why, const Indicator& indicator, Language language)
{
    const bool en = language == Language::en;
    std::cout << fmt::format("{}  {}\n", indicator.number, en ? indicator.label.en : indicator.label.nb)
              << fmt::format("{}, {}, {}: {}; {}: {}; {}: {}\n\n", why["kind"].get<std::string>(),
                             why["unit"].get<std::string>(), en ? "desired direction" : "ønsket retning",
                             why["direction"].get<std::string>(), en ? "source" : "kilde", indicator.source,
                             en ? "formula" : "formel", why["formula"].get<std::string>());
    Table values({{en ? "period" : "periode"},
                  {en ? "value" : "verdi", Table::Align::right},
                  {"status"},
                  {en ? "published" : "publisert"},
                  {en ? "vintage" : "utgave", Table::Align::right},
                  {"payload"}});
    for (const auto& row : why["values"])
        values.add({row["period"], row["value"].is_null() ? "" : row["value"],
                    marked(row["status"].get<std::string>(), !row["correction"].is_null()),
                    row["published"].get<std::string>().substr(0, 10), std::to_string(row["vintage"].get<int>()),
                    row.value("payload", "").substr(0, 12)});
    std::cout << values.text();
    for (const auto& row : why["values"])
        if (!row["correction"].is_null())
            std::cout << fmt::format("{} {}: {}\n", correction_mark, row["period"].get<std::string>(),
                                     row["correction"][en ? "text_en" : "text_nb"].get<std::string>());
    std::cout << '\n';
    std::set<std::string> said; // with one year since the baseline the three comparisons are one
    for (const auto& verdict : why["verdicts"]) {
        const auto line = fmt::format(
            "{} → {}  {}  [{}]\n", verdict["from"].get<std::string>(), verdict["to"].get<std::string>(),
            verdict[en ? "sentence_en" : "sentence_nb"].get<std::string>(), verdict["rule"].get<std::string>());
        if (said.insert(line).second)
            std::cout << line;
    }
    for (std::size_t i = 1; i < indicator.definitions.size(); ++i) {
        const auto& definition = indicator.definitions[i];
        if (definition.id > why["definition"].get<int>())
            break; // not yet, as of the day asked about
        const auto* comparable = definition.comparable_with_previous ? (en ? "comparable" : "sammenlignbar")
                                                                     : (en ? "not comparable" : "ikke sammenlignbar");
        std::cout << fmt::format("\n{} {}, {} {}: {} {} {}: {}\n", en ? "definition" : "definisjon", definition.id,
                                 en ? "published from" : "publisert fra", format_date(definition.from), comparable,
                                 en ? "with definition" : "med definisjon", indicator.definitions[i - 1].id,
                                 en ? definition.reason.en : definition.reason.nb);
    }
}

ExitCode why(Context& context, const WhyOptions& options)
{
    const StoreView view(context);
    const auto as_of = options.as_of.read();
    const auto& indicator = view.indicator(options.indicator);
    const auto values = indicator_values(view.store, indicator, as_of, options.numbers);
    const auto answer = why_json(indicator, values, current_verdicts(indicator, values), view.store, as_of);
    if (context.json)
        print_json(answer);
    else
        print_why(answer, indicator, language_from(options.language).value());
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

void set_up_why(CLI::App& command, Context& context)
{
    auto options = std::make_shared<WhyOptions>(); // lives as long as the callback
    command.add_option("INDICATOR", options->indicator, "Its number")->required();
    options->as_of.add_to(command);
    add_corrected(command, options->numbers);
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return why(context, *options); }; });
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

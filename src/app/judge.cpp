// The commands that judge: verdict, flags.
#include "app/commands.hpp"
#include "app/remarks.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/rule.hpp"
#include "indicator/verdict_csv.hpp"

#include <iostream>
#include <set>

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

Json to_json(const Flag& flag)
{
    return {{"flag", flag.id},
            {"kind", to_string(flag.kind)},
            {"state", to_string(flag.state)},
            {"indicator", flag.indicator ? Json(flag.indicator) : Json(nullptr)},
            {"period", flag.period},
            {"text_nb", flag.text_nb},
            {"text_en", flag.text_en},
            {"raised", format_time(flag.raised_at)},
            {"changed", format_time(flag.changed_at)},
            {"note", flag.note},
            {"by", flag.by}};
}

ExitCode list_flags(Context& context, bool all, Language language)
{
    const StoreView view(context);
    Json answer = Json::array();
    Table table(
        {{"flag", Table::Align::right}, {"kind"}, {"state"}, {"indicator", Table::Align::right}, {"text"}, {"note"}});
    for (const auto& flag : view.store.flags(all)) {
        answer.push_back(to_json(flag));
        table.add({std::to_string(flag.id), std::string(to_string(flag.kind)), std::string(to_string(flag.state)),
                   flag.indicator ? std::to_string(flag.indicator) : "",
                   language == Language::en ? flag.text_en : flag.text_nb, flag.note});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? "no open flags\n" : table.text());
    return ExitCode::good;
}

ExitCode acknowledge(Context& context, std::int64_t flag, const std::string& note, const std::string& by)
{
    if (trim(note).empty())
        throw usage_error("--note must say why the flag is answered");
    const auto answer = carry_out(
        context, {{{"command", "ack"}, {"flag", flag}, {"note", note}, {"by", by.empty() ? user_name() : by}}, ""});
    if (context.json)
        print_json(answer);
    else
        std::cout << fmt::format("flag {} is acknowledged\n", flag);
    return ExitCode::good;
}

void add_language(CLI::App& command, std::string& language)
{
    command.add_option("--lang", language, "nb or en")->check(CLI::IsMember({"nb", "en"}))->capture_default_str();
}

} // namespace

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

void set_up_flags(CLI::App& command, Context& context)
{
    struct Options {
        bool all = false;
        std::string language = "nb";
        std::int64_t flag = 0;
        std::string note;
        std::string by;
    };
    auto options = std::make_shared<Options>(); // lives as long as the callbacks
    command.add_flag("--all", options->all, "Closed ones too");
    add_language(command, options->language);
    command.require_subcommand(0, 1);
    auto* ack = command.add_subcommand("ack", "Answer a flag, with a note that is kept");
    ack->add_option("ID", options->flag, "The flag's number")->required();
    ack->add_option("--note", options->note, "What was found")->required();
    ack->add_option("--by", options->by, "Who answers; the user's name when left out");
    command.callback([&context, options, ack] {
        context.action = [&context, options, answered = ack->parsed()] {
            return answered ? acknowledge(context, options->flag, options->note, options->by)
                            : list_flags(context, options->all, language_from(options->language).value());
        };
    });
}

} // namespace skurd

// The commands by which people say something of numbers: annotate, annotations, correct, corrections.
#include "app/annotate.hpp"

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

struct AnnotationOptions {
    std::string target;
    std::string period;
    std::int64_t vintage = 0;
    std::string kind;
    std::string text;
    std::string expected;
    std::string corrected;
    std::string reason;
    std::string by;
    std::int64_t ended = 0; ///< annotation to withdraw, correction to end; 0 = none
    bool all = false;

    std::string name() const { return by.empty() ? user_name() : by; }
};

/// Throws unless all of these options were given: name and value.
void require(const std::string& command, const std::vector<std::pair<const char*, const std::string*>>& options)
{
    for (const auto& [name, value] : options)
        if (value->empty())
            throw usage_error("{} is missing (see `skurd {} --help`)", name, command);
}

ExitCode say(const Context& context, const Json& answer, const std::string& line)
{
    if (context.json)
        print_json(answer);
    else
        std::cout << line << '\n';
    return ExitCode::good;
}

ExitCode annotate(Context& context, const AnnotationOptions& options)
{
    if (options.ended != 0) {
        if (!options.target.empty() || !options.text.empty())
            throw usage_error("--withdraw takes back an annotation; it makes no new one");
        require("annotate", {{"--reason", &options.reason}});
        const auto answer = carry_out(context, {{{"command", "withdraw"},
                                                 {"annotation", options.ended},
                                                 {"reason", options.reason},
                                                 {"by", options.name()}},
                                                ""});
        return say(context, answer, fmt::format("annotation {} is withdrawn", options.ended));
    }
    require("annotate", {{"TARGET", &options.target}, {"--kind", &options.kind}, {"--text", &options.text}});
    if (!options.reason.empty())
        throw usage_error("--reason belongs to --withdraw; what is to be said goes into --text");
    const auto answer = carry_out(context, {{{"command", "annotate"},
                                             {"target", options.target},
                                             {"period", options.period},
                                             {"vintage", options.vintage},
                                             {"kind", options.kind},
                                             {"text", options.text},
                                             {"by", options.name()}},
                                            ""});
    return say(context, answer, fmt::format("annotation {} is kept", answer["annotation"].get<std::int64_t>()));
}

ExitCode correct(Context& context, const AnnotationOptions& options)
{
    if (options.ended != 0) {
        if (!options.target.empty() || !options.expected.empty() || !options.corrected.empty())
            throw usage_error("--end ends a correction; it makes no new one");
        require("correct", {{"--reason", &options.reason}});
        const auto answer = carry_out(
            context,
            {{{"command", "end"}, {"correction", options.ended}, {"reason", options.reason}, {"by", options.name()}},
             ""});
        return say(context, answer, fmt::format("correction {} is ended", options.ended));
    }
    require("correct", {{"SELECTOR", &options.target},
                        {"--period", &options.period},
                        {"--expected", &options.expected},
                        {"--to", &options.corrected},
                        {"--reason", &options.reason}});
    const auto answer = carry_out(context, {{{"command", "correct"},
                                             {"target", options.target},
                                             {"period", options.period},
                                             {"expected", options.expected},
                                             {"to", options.corrected},
                                             {"reason", options.reason},
                                             {"by", options.name()}},
                                            ""});
    return say(context, answer,
               fmt::format("correction {} holds until the source changes the number",
                           answer["correction"].get<std::int64_t>()));
}

/// The annotations about the dataset of a target, and about its series where it names some; all without a target.
std::vector<Annotation> annotations_of(const StoreView& view, const AnnotationOptions& options)
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

std::string end_text(const std::optional<Time>& at, const std::string& why, const std::string& by)
{
    return at ? fmt::format("{}: {}{}", format_date(*at), why, by.empty() ? "" : " (" + by + ")") : "";
}

ExitCode list_annotations(Context& context, const AnnotationOptions& options)
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

constexpr auto series_text = "An indicator's number, or dataset{dimension=code,…}";

} // namespace

std::string marked(const std::string& status, bool is_marked)
{
    return !is_marked       ? status
           : status.empty() ? std::string(correction_mark)
                            : fmt::format("{} {}", correction_mark, status);
}

std::string annotation_text(const Annotation& annotation)
{
    return fmt::format("{}: {} ({}, {})", to_string(annotation.kind), annotation.text, annotation.person,
                       format_date(annotation.made_at));
}

Json correction_json(const Correction* correction, const Value& value)
{
    if (!correction)
        return nullptr;
    const bool applied = is_corrected(value, *correction);
    auto json = to_json(*correction);
    json["applied"] = applied;
    json["text_nb"] = correction_text(*correction, applied, Language::nb);
    json["text_en"] = correction_text(*correction, applied, Language::en);
    return json;
}

void set_up_annotate(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotationOptions>(); // lives as long as the callback
    command.add_option("TARGET", options->target,
                       "A dataset, one series of it as dataset{dimension=code,…}, or an indicator's number");
    command.add_option("--period", options->period, "About this period; of a break: the first after it");
    command.add_option("--vintage", options->vintage, "About this vintage (see `skurd history`)")
        ->check(CLI::PositiveNumber);
    command.add_option("--kind", options->kind, "revision, error correction, break or note")
        ->check(CLI::IsMember({"revision", "error correction", "break", "note"}));
    command.add_option("--text", options->text, "What is to be said");
    command.add_option("--by", options->by, "Who says it; the user's name when left out");
    command.add_option("--withdraw", options->ended, "Take back this annotation instead, with --reason")
        ->check(CLI::PositiveNumber);
    command.add_option("--reason", options->reason, "Why it is withdrawn");
    command.callback(
        [&context, options] { context.action = [&context, options] { return annotate(context, *options); }; });
}

void set_up_annotations(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotationOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->target, series_text);
    command.add_flag("--all", options->all, "Withdrawn ones too");
    command.callback([&context, options] {
        context.action = [&context, options] { return list_annotations(context, *options); };
    });
}

void set_up_correct(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotationOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->target, series_text);
    command.add_option("--period", options->period, "The period of the number");
    command.add_option("--expected", options->expected, "The wrong number, as the source has it");
    command.add_option("--to", options->corrected, "What it should be (decimal point or comma)");
    command.add_option("--reason", options->reason, "Why; also why a correction is ended");
    command.add_option("--by", options->by, "Who says so; the user's name when left out");
    command.add_option("--end", options->ended, "End this correction instead (see `skurd corrections`)")
        ->check(CLI::PositiveNumber);
    command.callback(
        [&context, options] { context.action = [&context, options] { return correct(context, *options); }; });
}

void set_up_corrections(CLI::App& command, Context& context)
{
    auto options = std::make_shared<AnnotationOptions>(); // lives as long as the callback
    command.add_flag("--all", options->all, "Those that have ended too");
    command.callback([&context, options] {
        context.action = [&context, options] { return list_corrections(context, options->all); };
    });
}

} // namespace skurd

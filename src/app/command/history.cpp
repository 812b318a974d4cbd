// The command history: every version of a number.
#include "app/commands.hpp"
#include "app/observation_output.hpp"
#include "app/options.hpp"
#include "base/text_layout.hpp"
#include "model/release.hpp"
#include "query/observations.hpp"

#include <fmt/format.h>

#include <iostream>

namespace skurd {

namespace {

struct HistoryOptions {
    std::string selector;
    ObservationOutputOptions output;
};

std::string definitions_text(const Indicator& indicator, Language language)
{
    std::string text;
    for (std::size_t i = 1; i < indicator.definitions.size(); ++i) {
        const auto& definition = indicator.definitions[i];
        const bool comparable = definition.comparable_with_previous;
        const auto* line = language == Language::en
                               ? "definition {} (published from {}) is {} with definition {}: {}\n"
                               : "definisjon {} (publisert fra {}) er {} med definisjon {}: {}\n";
        const auto* how = language == Language::en ? (comparable ? "comparable" : "not comparable")
                                                   : (comparable ? "sammenlignbar" : "ikke sammenlignbar");
        text += fmt::format(fmt::runtime(line), definition.id, published_day(definition.from, definition.from_known),
                            how, indicator.definitions[i - 1].id, definition.reason.in(language));
    }
    return text;
}

ExitCode history(Context& context, const HistoryOptions& options)
{
    const ReadContext read(context);
    const ObservationQuestion question = {.target = read_target(options.selector, read.catalogue),
                                          .period = read_optional_period(options.output.period),
                                          .attributions = attributions_shown(context, options.output, read)};
    print_observations(context, options.output, {read.store, question.target, [&](const ObservationVisitor& visit) {
                                                     visit_observation_history(read.store, read.catalogue, question,
                                                                               visit);
                                                 }});
    const auto* indicator = std::get_if<const Indicator*>(&question.target);
    if (indicator && format_of(context, options.output) == ObservationFormat::table)
        std::cout << fitted(definitions_text(**indicator, options.output.language), context.width());
    return ExitCode::good;
}

} // namespace

void add_history(CLI::App& command, Context& context)
{
    using enum ObservationFormat;
    auto options = std::make_shared<HistoryOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->selector, "An indicator's number, or dataset{dimension=code|code,…}")
        ->required();
    options->output.add_to(command, {table, csv, json, ndjson});
    command.callback(
        [&context, options] { context.action = [&context, options] { return history(context, *options); }; });
}

} // namespace skurd

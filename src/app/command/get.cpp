// The command get: observations, as of any day.
#include "app/commands.hpp"
#include "app/observation_output.hpp"
#include "app/options.hpp"
#include "query/observations.hpp"

namespace skurd {

namespace {

struct GetOptions {
    std::string selector;
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
    ObservationOutputOptions output;
};

ExitCode get(Context& context, const GetOptions& options)
{
    const ReadContext read(context);
    const ObservationQuestion question = {read_target(options.selector, read.catalogue), options.as_of.read(),
                                          options.numbers, read_optional_period(options.output.period),
                                          attributions_shown(context, options.output, read)};
    print_observations(context, options.output, {read.store, question.target, [&](const ObservationVisitor& visit) {
                                                     visit_observations(read.store, read.catalogue, question, visit);
                                                 }});
    return ExitCode::good;
}

} // namespace

void add_get(CLI::App& command, Context& context)
{
    using enum ObservationFormat;
    auto options = std::make_shared<GetOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->selector,
                       "An indicator's number, or dataset{dimension=code|code,…}; all indicators when left out");
    options->as_of.add_to(command);
    add_corrected(command, options->numbers);
    options->output.add_to(command, {table, csv, json, ndjson, jsonstat});
    command.callback(
        [&context, options] { context.action = [&context, options] { return get(context, *options); }; });
}

} // namespace skurd

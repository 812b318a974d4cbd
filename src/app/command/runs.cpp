// The command runs: what happened.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "model/run_text.hpp"
#include "run/jobs.hpp"
#include "store/run_store.hpp"
#include "view/run_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct RunsOptions {
    std::string job; ///< "" = of all
    std::size_t most = 20;
    Language language = Language::en;
};

ExitCode show_runs(Context& context, const RunsOptions& options)
{
    if (!options.job.empty())
        load_jobs(context.installation()).find(options.job);
    const auto store = open_store(context);
    const auto runs = RunStore(store).list(options.job, options.most);
    if (context.json) {
        print_json_list(runs);
        return ExitCode::good;
    }
    const bool en = options.language == Language::en;
    TextTable table({{en ? "run" : "kjøring", TextTable::Align::right},
                     {en ? "started (UTC)" : "startet (UTC)"},
                     {en ? "job" : "jobb"},
                     {en ? "outcome" : "utfall"},
                     {en ? "message" : "melding", TextTable::Align::left, TextTable::Fit::below}});
    for (const auto& run : runs)
        table.add({std::to_string(run.id), format_time(run.started_at), run.job,
                   enum_text(run.outcome, options.language), run_text(run, options.language)});
    std::cout << table.text(context.width());
    return ExitCode::good;
}

} // namespace

void add_runs(CLI::App& command, Context& context)
{
    auto options = std::make_shared<RunsOptions>(); // lives as long as the callback
    command.add_option("JOB", options->job, "Only this job's");
    command.add_option("--most", options->most, "How many, newest first")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    add_language(command, options->language, Speaks::of_operation);
    command.callback(
        [&context, options] { context.action = [&context, options] { return show_runs(context, *options); }; });
}

} // namespace skurd

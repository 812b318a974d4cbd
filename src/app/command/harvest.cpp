// The command harvest: runs jobs now.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/run_table.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "model/run.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace skurd {

namespace {

struct HarvestOptions {
    std::vector<std::string> jobs;
    bool all = false;
    bool due = false;
    bool dry_run = false;
    bool force = false;
    Agreement agreement;
};

ExitCode harvest(Context& context, const HarvestOptions& options)
{
    if (options.jobs.empty() && !options.all && !options.due)
        throw usage_error("name the jobs to run, or give --all or --due (see `skurd jobs`)");
    if (!options.jobs.empty() && (options.all || options.due))
        throw usage_error("give either jobs or one of --all and --due");
    Json order = {{"command", "harvest"}, {"jobs", options.jobs},       {"all", options.all},
                  {"due", options.due},   {"dry_run", options.dry_run}, {"force", options.force}};
    write_agreement(options.agreement, order);
    return print_runs(context, carry_out(context, {std::move(order), ""}));
}

} // namespace

void add_harvest(CLI::App& command, Context& context)
{
    auto options = std::make_shared<HarvestOptions>(); // lives as long as the callback
    command.add_option("JOB", options->jobs, "Jobs to run, by id");
    command.add_flag("--all", options->all, "Every enabled job");
    command.add_flag("--due", options->due, "Those whose schedule says so");
    command.add_flag("--dry-run", options->dry_run, "Fetch and decode, store nothing");
    command.add_flag("--force", options->force, "Fetch even where the source says nothing is new");
    add_agreement(command, options->agreement);
    command.callback(
        [&context, options] { context.action = [&context, options] { return harvest(context, *options); }; });
}

} // namespace skurd

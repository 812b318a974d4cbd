// The command harvest: runs jobs now.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "app/run_table.hpp"
#include "base/error.hpp"

namespace skurd {

namespace {

struct HarvestOptions {
    std::vector<std::string> jobs;
    bool all = false;
    bool due = false;
    bool dry_run = false;
    bool force = false;
    std::vector<std::string> select;
    Agreement agreement;
    Attachment attachment = Attachment::attached;
};

ExitCode harvest(Context& context, const HarvestOptions& options)
{
    if (options.jobs.empty() && !options.all && !options.due)
        throw usage_error("name the jobs to run, or give --all or --due (see `skurd jobs`)");
    if (!options.jobs.empty() && (options.all || options.due))
        throw usage_error("give either jobs or one of --all and --due");
    if (!options.select.empty() && options.jobs.size() != 1)
        throw usage_error("--select is of one job: name it, and no other");
    HarvestOrder order;
    for (const auto& text : options.select) {
        auto selected = SelectedCodes::parse(text);
        if (!selected)
            throw usage_error("--select '{}' is not of the form DIMENSION=CODE,CODE (Region=03,11 or Tid=from(1990))",
                              text);
        order.select.push_back(std::move(*selected));
    }
    order.which = options.due   ? HarvestOrder::Which::due
                  : options.all ? HarvestOrder::Which::enabled
                                : HarvestOrder::Which::named;
    order.jobs = options.jobs;
    order.fetch = options.force ? HarvestOrder::Fetch::always : HarvestOrder::Fetch::if_new;
    order.effect = options.dry_run ? HarvestOrder::Effect::dry_run : HarvestOrder::Effect::store;
    order.agreement = options.agreement;
    if (options.attachment == Attachment::detached)
        return detach_order(context, order);
    return print_runs(context, carry_out(context, order));
}

} // namespace

void add_harvest(CLI::App& command, Context& context)
{
    auto options = std::make_shared<HarvestOptions>(); // lives as long as the callback
    command.add_option("JOB", options->jobs, "Jobs to run, by id");
    command.add_flag("--all", options->all, "Every enabled job");
    command.add_flag("--due", options->due, "Those whose schedule says so");
    command.add_flag("--dry-run", options->dry_run, "Fetch, decode and say what would change; store nothing");
    command.add_flag("--force", options->force,
                     "Fetch even where the source says nothing is new, or asked to be left alone");
    command
        .add_option("--select", options->select,
                    "Backfill: DIMENSION=CODE,CODE in the place of what the job selects there; its schedule does not "
                    "notice")
        ->type_name("DIM=CODES")
        ->expected(1)
        ->take_all();
    add_agreement(command, options->agreement);
    add_detach(command, options->attachment);
    command.callback(
        [&context, options] { context.action = [&context, options] { return harvest(context, *options); }; });
}

} // namespace skurd

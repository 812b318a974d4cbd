// harvest and drop.
#include "base/error.hpp"
#include "daemon/handlers.hpp"

namespace skurd {

namespace {

RunOptions options_of(const HarvestOrder& order)
{
    RunOptions options;
    // What a drift blocked has been fetched already: whoever agrees to it wants it decoded again.
    if (order.fetch == HarvestOrder::Fetch::always || order.agreement.drift)
        options.fetch = FetchPolicy::always;
    if (order.effect == HarvestOrder::Effect::dry_run)
        options.effect = Effect::dry_run;
    options.agreement = order.agreement;
    if (order.which == HarvestOrder::Which::due) // whoever asks for what is due is a timer
        options.ordered_by = OrderedBy::schedule;
    return options;
}

std::vector<const ReadyJob*> chosen(const HarvestOrder& order, const Workspace& workspace)
{
    if (order.which == HarvestOrder::Which::due)
        return workspace.schedule.due_or_new(workspace.clock.now());
    std::vector<const ReadyJob*> found;
    if (order.which == HarvestOrder::Which::enabled) {
        for (const auto& job : workspace.jobs.jobs)
            if (job.job.enabled)
                found.push_back(&job);
        return found;
    }
    for (const auto& id : order.jobs)
        found.push_back(&workspace.jobs.find(id));
    return found;
}

} // namespace

RunsResult handle(const HarvestOrder& order, OrderScope& scope)
{
    RunsResult result;
    for (const auto* job : chosen(order, scope.workspace)) {
        if (scope.stop.stop_requested())
            throw error("stopped before job '{}'; what ran before it is in `skurd runs`", job->job.id);
        const auto runs = scope.workspace.run(*job, options_of(order), scope.progress, scope.stop);
        result.runs.insert(result.runs.end(), runs.begin(), runs.end());
    }
    return result;
}

RunsResult handle(const DropOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    const auto& job = workspace.jobs.find(order.job);
    RunOptions options;
    options.agreement = order.agreement;
    options.published = order.published;
    Response file;
    file.url = order.file_name;
    file.body = order.bytes;
    file.received_at = workspace.clock.now();
    file.modified_at = order.modified.value_or(file.received_at);
    auto run = run_given_file(job, workspace.tools(scope.progress), std::move(file), options);
    workspace.follow_up.after_change();
    return {{std::move(run)}};
}

} // namespace skurd

// harvest and drop.
#include "base/error.hpp"
#include "daemon/handlers.hpp"

#include <filesystem>
#include <optional>

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

/// A job that comes with the order. It stands alone: a layout profile lies beside job files that the installation
/// has.
ReadyJob given_job(const DropOrder& order, const Workspace& workspace)
{
    const ReadBeside beside = [](const std::string& name) -> EmbeddedFile {
        throw usage_error(
            "'{}': a job that is given by its file has no layout profile beside it; write its keys into "
            "the job",
            name);
    };
    auto job = make_job(order.job_text, order.job, std::filesystem::path(order.job).stem().string(),
                        (workspace.installation.state / "drop").string(), beside);
    for (const auto& known : workspace.jobs.jobs)
        if (known.job.id == job.job.id && known.hash != job.hash)
            throw usage_error("{}: there is another job '{}', {}: give that by its id, or this one another id",
                              order.job, job.job.id, known.job.whole.file());
    return job;
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
    std::optional<ReadyJob> given;
    if (!order.job_text.empty())
        given.emplace(given_job(order, workspace));
    const auto& job = given ? *given : workspace.jobs.find(order.job);
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

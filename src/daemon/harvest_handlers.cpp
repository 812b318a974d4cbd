// harvest and drop.
#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "daemon/run_log.hpp"
#include "daemon/side_by_side.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iterator>
#include <mutex>
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
    for (const auto& selected : order.select)
        options.backfill += (options.backfill.empty() ? "" : " ") + selected.text();
    return options;
}

/// The job that a backfill is of, with its selection.
ReadyJob backfill_job(const HarvestOrder& order, const Workspace& workspace)
{
    OtherSelection selection;
    for (const auto& selected : order.select)
        selection.emplace_back(selected.dimension, selected.codes);
    return with_selection(workspace.jobs->find(order.jobs.front()), workspace.installation, selection);
}

std::vector<const ReadyJob*> chosen(const HarvestOrder& order, const Workspace& workspace)
{
    if (order.which == HarvestOrder::Which::due)
        return workspace.schedule.due_or_new(workspace.clock.now());
    std::vector<const ReadyJob*> found;
    if (order.which == HarvestOrder::Which::enabled) {
        for (const auto& job : workspace.jobs->jobs)
            if (job.job.enabled)
                found.push_back(&job);
        return found;
    }
    for (const auto& id : order.jobs)
        found.push_back(&workspace.jobs->find(id));
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
    for (const auto& known : workspace.jobs->jobs)
        if (known.job.id == job.job.id && known.hash != job.hash)
            throw usage_error("{}: there is another job '{}', {}: give that by its id, or this one another id",
                              order.job, job.job.id, known.job.whole.file());
    return job;
}

/// The jobs of one order, which run at the same time.
class OrderedRuns {
public:
    OrderedRuns(const std::vector<const ReadyJob*>& jobs, const RunOptions& options, const OrderScope& scope)
        : jobs_(jobs), options_(options), scope_(scope), runs_(jobs.size()), failures_(jobs.size())
    {
    }

    /// On several threads.
    void run(std::size_t place)
    {
        try {
            if (scope_.stop.stop_requested())
                throw Stopped("stopped");
            runs_[place] = scope_.workspace.run(
                *jobs_[place], options_, [&](const std::string& text) { tell(text); }, scope_.stop);
        } catch (const Stopped&) {
            failures_[place] = std::make_exception_ptr(
                error("stopped before job '{}'; what ran before it is in `skurd runs`", jobs_[place]->job.id));
        } catch (...) { // the edge of a thread
            failures_[place] = std::current_exception();
        }
    }

    /// In the order of the jobs. Throws what the first of them failed with.
    RunsResult result()
    {
        for (const auto& failure : failures_)
            if (failure)
                std::rethrow_exception(failure);
        RunsResult result;
        for (auto& runs : runs_)
            std::move(runs.begin(), runs.end(), std::back_inserter(result.runs));
        return result;
    }

private:
    void tell(const std::string& text)
    {
        const std::scoped_lock lock(mutex_);
        if (scope_.progress)
            scope_.progress(text);
    }

    const std::vector<const ReadyJob*>& jobs_;
    const RunOptions& options_;
    const OrderScope& scope_;
    std::mutex mutex_; ///< of the progress
    std::vector<std::vector<Run>> runs_;
    std::vector<std::exception_ptr> failures_;
};

} // namespace

RunsResult handle(const HarvestOrder& order, OrderScope& scope)
{
    scope.workspace.http.forget_answers(); // a person wants to know what the sources say now
    const auto all = scope.workspace.jobs;
    std::optional<ReadyJob> backfill;
    if (!order.select.empty())
        backfill.emplace(backfill_job(order, scope.workspace));
    const auto jobs = backfill ? std::vector<const ReadyJob*>{&*backfill} : chosen(order, scope.workspace);
    const auto options = options_of(order);
    OrderedRuns ordered(jobs, options, scope);
    scope.turn.outside([&] { run_side_by_side(jobs, [&](std::size_t place) { ordered.run(place); }); });
    return ordered.result();
}

RunsResult handle(const DropOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    std::optional<ReadyJob> given;
    if (!order.job_text.empty())
        given.emplace(given_job(order, workspace));
    const auto jobs = workspace.jobs;
    const auto& job = given ? *given : jobs->find(order.job);
    RunOptions options;
    options.agreement = order.agreement;
    options.published = order.published;
    Response file;
    file.url = order.file_name;
    file.body = order.bytes;
    file.received_at = workspace.clock.now();
    file.modified_at = order.modified.value_or(file.received_at);
    const auto held = workspace.hold(job, scope.turn, scope.stop);
    auto run = run_given_file(job, workspace.tools(scope.turn, workspace.http, scope.progress), std::move(file),
                              options, scope.stop);
    workspace.runs_ended.count({run});
    log_ordered_run(run);
    workspace.follow_up.after_change();
    return {{std::move(run)}};
}

} // namespace skurd

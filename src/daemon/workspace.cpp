#include "daemon/workspace.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "fetch/source_fetcher.hpp"
#include "query/catalogue.hpp"
#include "store/catalogue_store.hpp"

#include <algorithm>
#include <random>
#include <thread>

namespace skurd {

namespace {

Turns::Asker asker_of(const RunOptions& options)
{
    return options.ordered_by == OrderedBy::person ? Turns::Asker::person : Turns::Asker::work;
}

void make_drop_folder(const std::filesystem::path& folder)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        throw error("{}: cannot be made: {}{}", folder.string(), failure.message(),
                    disk_hint(failure.value(), folder));
}

} // namespace

Workspace::Workspace(const Installation& at, Clock& its_clock)
    : processors(std::max(1U, std::thread::hardware_concurrency())), installation(at), clock(its_clock),
      jobs(load_jobs(at)), catalogue(load_catalogue(at)), store(at.state, StoreSession::Access::write, its_clock),
      settings(read_settings(at)), http(settings.fetch, its_clock, std::random_device()()),
      programs(its_clock, settings.fetch.exec_user), pace(store, http.pace(), its_clock),
      folders(at.state / "archive", at.state / "quarantine", its_clock), drop(its_clock, folders),
      schedule(jobs.jobs, &store, settings.due, its_clock.now()),
      follow_up(store, catalogue, publication_plans(jobs.jobs), settings.store.payloads, its_clock)
{
    jobs.require_no_errors();
    expand_catalogue(catalogue, store);
    CatalogueStore(store).store(catalogue);
    follow_up.after_change();
    make_drop_folder(installation.state / "drop");
    schedule.store();
}

RunTools Workspace::tools(Turn& turn, Fetcher& sources, const OrderProgress& progress)
{
    return {store, sources, drop, folders, clock, catalogue, settings.store.accept, progress, turn, processors};
}

std::unique_ptr<Turn> Workspace::hold(const ReadyJob& job, Turn& turn, const std::stop_token& stop)
{
    return turn.outside([&] {
        return std::make_unique<Turn>(lanes.job(job.job.id), Turns::Asker::person, "job " + job.job.id, stop);
    });
}

std::vector<Run> Workspace::run(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                                const std::stop_token& stop)
{
    const auto lane = lane_of(job);
    const auto holder = lanes.lane(lane).holder();
    if (progress && !holder.empty())
        progress(fmt::format("{}: waits for {} at {}", job.job.id, holder, lane));
    const Turn lane_turn(lanes.lane(lane), asker_of(options), "job " + job.job.id, stop);
    return run_in_lane(job, options, progress, stop);
}

std::vector<Run> Workspace::run_in_lane(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                                        const std::stop_token& stop)
{
    const Turn job_turn(lanes.job(job.job.id), asker_of(options), "job " + job.job.id, stop);
    auto own_http = http.beside();
    SourceFetcher sources(own_http, programs);
    Turn turn(turns, asker_of(options), "", stop);
    const auto began = clock.now();
    auto runs = run_job(job, tools(turn, sources, progress), options, stop);
    const bool is_dry = options.effect == Effect::dry_run;
    const auto result = runs.empty() ? DueResult::stopped : runs.back().due_result;
    if (!is_dry && (options.ordered_by == OrderedBy::schedule || result == DueResult::met))
        schedule.ran(job, result, began, clock.now());
    pace.store();
    if (is_dry)
        return runs;
    schedule.store();
    follow_up.after_change();
    return runs;
}

void Workspace::not_run(const ReadyJob& job, Time began)
{
    const auto now = clock.now();
    if (const auto planned = schedule.plan(job, now); planned && planned->run_at <= now)
        schedule.ran(job, DueResult::failed, began, now);
}

} // namespace skurd

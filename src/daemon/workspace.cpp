#include "daemon/workspace.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "query/catalogue.hpp"
#include "store/catalogue_store.hpp"

#include <random>

namespace skurd {

namespace {

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
    : installation(at), clock(its_clock), jobs(load_jobs(at)), catalogue(load_catalogue(at)),
      store(at.state, StoreSession::Access::write, its_clock), settings(read_settings(at)),
      http(settings.fetch, its_clock, std::random_device()()), programs(its_clock, settings.fetch.exec_user),
      sources(http, programs), pace(store, http.pace(), its_clock),
      folders(at.state / "archive", at.state / "quarantine", its_clock), drop(its_clock, folders),
      schedule(jobs.jobs, store, its_clock.now()),
      follow_up(store, catalogue, publication_plans(jobs.jobs), settings.store.payloads, its_clock)
{
    jobs.require_no_errors();
    expand_catalogue(catalogue, store);
    CatalogueStore(store).store(catalogue);
    follow_up.after_change();
    make_drop_folder(installation.state / "drop");
}

RunTools Workspace::tools(const OrderProgress& progress)
{
    return {store, sources, drop, folders, clock, catalogue, settings.store.accept, progress};
}

std::vector<Run> Workspace::run(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                                std::stop_token stop)
{
    auto runs = run_job(job, tools(progress), options, stop);
    pace.store();
    if (options.effect == Effect::dry_run)
        return runs;
    schedule.ran(job, clock.now());
    follow_up.after_change();
    return runs;
}

} // namespace skurd

#include "daemon/workspace.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "evaluate/evaluation.hpp"
#include "evaluate/indicator_flags.hpp"
#include "evaluate/publications.hpp"
#include "query/catalogue.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"

#include <spdlog/spdlog.h>

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
      schedule(jobs.jobs, store, its_clock.now())
{
    jobs.require_no_errors();
    CatalogueStore(store).store(catalogue);
    evaluate_if_behind(store, catalogue, clock);
    flag_what_time_raises();
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
    pace.keep();
    if (options.dry_run)
        return runs;
    schedule.ran(job, clock.now());
    follow_up();
    return runs;
}

void Workspace::follow_up()
{
    evaluate_if_behind(store, catalogue, clock);
    flag_what_time_raises();
    if (const auto gone = PayloadStore(store).expire(settings.store.payloads); gone > 0)
        spdlog::info("{} payloads that made no vintage have expired ([store] keep_payloads)", gone);
}

void Workspace::flag_what_time_raises()
{
    flag_overdue(store, jobs.jobs, clock.now());
    flag_breaks(store, catalogue, clock.now());
}

} // namespace skurd

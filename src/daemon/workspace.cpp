#include "daemon/workspace.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/log_scope.hpp"
#include "daemon/message_writing.hpp"
#include "daemon/run_log.hpp"
#include "daemon/tcp.hpp"
#include "evaluate/source_flags.hpp"
#include "fetch/source_fetcher.hpp"
#include "query/catalogue.hpp"
#include "run/configuration_hash.hpp"
#include "run/fleet_pace.hpp"
#include "store/catalogue_store.hpp"
#include "store/run_store.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <random>
#include <thread>

namespace skurd {

namespace {

constexpr int tries_until_flag = 3; ///< an outage of minutes is nothing for a person

Turns::Asker asker_of(const RunOptions& options)
{
    return options.ordered_by == OrderedBy::person ? Turns::Asker::person : Turns::Asker::work;
}

/// Where the files are wrong, the version that was in force last, so that the other half of the work goes on.
Catalogue catalogue_or_last_good(const Installation& at, const StoreSession& store)
{
    try {
        return load_catalogue(at);
    } catch (const Error& failure) {
        const auto versions = CatalogueStore(store).list();
        auto last = versions.empty() ? std::nullopt : stored_version(store, versions.back().hash);
        if (!last)
            throw;
        spdlog::error("{} (the catalogue that was in force last goes on)", full_message(failure));
        return std::move(*last);
    }
}

Configured configured_by(Installation at, std::shared_ptr<const JobList> jobs, const Settings& settings, Time now)
{
    at.config.reset();
    auto attributions = std::make_shared<const Attributions>(attributions_of(*jobs, at));
    return {std::move(at), std::move(jobs), std::move(attributions), settings.due, {}, now};
}

FollowUp::Configuration followed_by(const JobList& jobs, const Installation& at, const Settings& settings)
{
    return {publication_plans(jobs.jobs), attributions_of(jobs, at), settings.store.payloads};
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

Workspace::Workspace(const Installation& at, Clock& its_clock, WrongFiles wrong)
    : processors(std::max(1U, std::thread::hardware_concurrency())), installation(at), clock(its_clock),
      jobs(std::make_shared<JobList>(load_jobs(at))), store(at.store, StoreSession::Access::write, its_clock),
      catalogue(wrong == WrongFiles::refused ? load_catalogue(at) : catalogue_or_last_good(at, store)),
      settings(read_settings(at)), fleet(store, worked_by(at, *jobs, catalogue)),
      in_force(configured_by(at, jobs, settings, its_clock.now())),
      http(settings.fetch, its_clock, std::random_device()(), &resolve_host, fetched),
      programs(its_clock, settings.fetch.exec_user), pace(std::in_place, store, http.pace(), its_clock),
      folders(at.state / "archive", at.state / "quarantine", its_clock), drop(its_clock, folders),
      schedule(jobs->jobs, &store, settings.due, its_clock.now()),
      follow_up(store, catalogue, followed_by(*jobs, installation, settings), its_clock)
{
    http.share_pace(fleet_pace(store));
    if (wrong == WrongFiles::refused)
        jobs->require_no_errors();
    for (const auto& mistake : jobs->errors)
        spdlog::error("{} (left out until it is mended and read anew)", mistake);
    if (!fleet.agrees() && wrong == WrongFiles::refused)
        throw Error(
            "the harvesters on this store work by another configuration, other jobs or another catalogue: bring "
            "the same files here, or give the order where they are",
            ExitCode::busy);
    if (fleet.agrees())
        bring_store_up_to_date();
    make_drop_folder(installation.state / "drop");
}

void Workspace::bring_store_up_to_date()
{
    store_channels(*this, clock.now());
    expand_catalogue(catalogue, store);
    CatalogueStore(store).store(catalogue);
    follow_up.after_change();
    schedule.store();
    is_store_up_to_date_ = true;
}

void Workspace::see_others()
{
    if (!store.fleet())
        return;
    if (fleet.look()) {
        schedule.store();
        RunStore(store).close_interrupted();
        schedule = Schedule(jobs->jobs, &store, settings.due, clock.now());
    }
    schedule.see_store();
    if (!fleet.agrees())
        agree_with_files();
    if (fleet.agrees() && !is_store_up_to_date_)
        bring_store_up_to_date();
}

/// Somebody put other files in force: they may be here by now. Else this one waits.
void Workspace::agree_with_files()
{
    is_store_up_to_date_ = false;
    try {
        auto at = find_installation(installation.config_file.string(), installation.state.string());
        auto new_jobs = std::make_shared<JobList>(load_jobs(at));
        const auto hash = configuration_hash(at, *new_jobs, load_catalogue(at));
        if (hash == fleet.in_force() && new_jobs->errors.empty()) {
            auto access = tcp_access(read_settings(at).serve);
            take_over(std::move(at), std::move(new_jobs), std::move(access));
            fleet.agree(hash);
            tell_configuration();
            spdlog::info("configuration, jobs and catalogue read anew: they are those of the other harvesters now");
            return;
        }
    } catch (const StoreError&) {
        throw;
    } catch (const Error& failure) {
        spdlog::debug("{}", full_message(failure)); // what is wrong with them is told when a person has them read
    }
    if (told_of_ != fleet.in_force())
        spdlog::error(
            "waits, and runs no job: the harvesters on this store work by another configuration, other jobs"
            " or another catalogue; bring the same files here, or `skurd reload` to have all work by these");
    told_of_ = fleet.in_force();
}

std::vector<std::string> Workspace::reload()
{
    try {
        auto at = find_installation(installation.config_file.string(), installation.state.string());
        auto mistakes = settings_mistakes(at);
        auto new_jobs = std::make_shared<JobList>(load_jobs(at));
        mistakes.insert(mistakes.end(), new_jobs->errors.begin(), new_jobs->errors.end());
        const auto wrong = catalogue_errors(at);
        mistakes.insert(mistakes.end(), wrong.begin(), wrong.end());
        if (mistakes.empty()) {
            auto access = tcp_access(read_settings(at).serve); // a token that cannot be read is a mistake too
            take_over(std::move(at), std::move(new_jobs), std::move(access));
            fleet.put_in_force(worked_by(installation, *jobs, catalogue));
        }
        return mistakes;
    } catch (const StoreError&) {
        throw;
    } catch (const Error& failure) {
        return {full_message(failure)};
    }
}

void Workspace::take_over(Installation at, std::shared_ptr<const JobList> new_jobs, TcpAccess access)
{
    auto new_catalogue = load_catalogue(at);
    auto new_settings = read_settings(at);
    if (new_settings.serve.listen != settings.serve.listen)
        spdlog::warn("[serve] listen is another one, and holds from the next start on");
    if (at.store != installation.store)
        spdlog::warn("[store] url is another one, and holds from the next start on");
    at.store = installation.store;
    pace->store();
    schedule.store();
    installation = std::move(at);
    if (new_settings.log_format != settings.log_format)
        set_log_format(new_settings.log_format);
    settings = std::move(new_settings);
    catalogue = std::move(new_catalogue);
    http = CurlFetcher(settings.fetch, clock, std::random_device()(), &resolve_host, fetched);
    http.share_pace(fleet_pace(store));
    pace.emplace(store, http.pace(), clock);
    programs = ProgramFetcher(clock, settings.fetch.exec_user);
    schedule = Schedule(new_jobs->jobs, &store, settings.due, clock.now());
    jobs = std::move(new_jobs);
    auto configured = configured_by(installation, jobs, settings, clock.now());
    configured.access = std::move(access);
    in_force.change([&](Configured& before) { before = std::move(configured); });
    follow_up.replace(followed_by(*jobs, installation, settings));
    bring_store_up_to_date();
}

void Workspace::tell_configuration()
{
    store.tell_daemon(configuration());
}

std::string Workspace::configuration() const
{
    return configuration_hash(installation, *jobs, catalogue);
}

RunTools Workspace::tools(Turn& turn, Fetcher& sources, const OrderProgress& progress)
{
    return {store, sources, drop, folders, clock, catalogue, settings.store.accept, progress, turn, processors};
}

std::unique_ptr<HeldJob> Workspace::hold(const ReadyJob& job, Turn& turn, const std::stop_token& stop)
{
    auto held =
        turn.outside([&] { return std::make_unique<HeldJob>(lanes.job(job.job.id), "job " + job.job.id, stop); });
    held->lease.emplace(fleet, job.job.id).require();
    return held;
}

std::vector<Run> Workspace::run(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                                const std::stop_token& stop)
{
    const auto lane = lane_of(job);
    const auto holder = lanes.lane(lane).holder();
    if (progress && !holder.empty())
        progress(fmt::format("{}: waits for {} at {}", job.job.id, holder, lane));
    const Turn lane_turn(lanes.lane(lane), asker_of(options), "job " + job.job.id, stop);
    auto runs = run_in_lane(job, options, progress, stop);
    for (const auto& one : runs)
        log_ordered_run(one);
    return runs;
}

std::vector<Run> Workspace::run_in_lane(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                                        const std::stop_token& stop)
{
    const Turn job_turn(lanes.job(job.job.id), asker_of(options), "job " + job.job.id, stop);
    Turn turn(turns, asker_of(options), "", stop);
    const LogScope about({{"job", job.job.id}});
    const FleetWatch::JobLease lease(fleet, job.job.id);
    if (options.ordered_by != OrderedBy::schedule)
        lease.require();
    else if (!lease.is_held() || schedule.see_store(job))
        return {}; // another harvester runs it, or has just run it
    auto own_http = http.beside();
    auto own_programs = programs;
    SourceFetcher sources(own_http, own_programs);
    const auto began = clock.now();
    auto runs = run_job(job, tools(turn, sources, progress), options, stop);
    const bool is_dry = options.effect == Effect::dry_run;
    if (options.is_backfill()) // of which the schedule does not notice
        return after_backfill(std::move(runs), is_dry);
    const auto result = runs.empty() ? DueResult::stopped : runs.back().due_result;
    if (!is_dry && result == DueResult::met && runs.back().outcome == RunOutcome::no_file)
        schedule.looked(job, began);
    else if (!is_dry && (options.ordered_by == OrderedBy::schedule || result == DueResult::met))
        schedule.ran(job, result, began, clock.now());
    pace->store();
    if (is_dry)
        return runs;
    runs_ended.count(runs);
    schedule.store();
    const auto plan = schedule.plan(job, clock.now());
    const bool is_failing = plan && plan->why == DuePlan::Why::failed && has_failed_for_long(job);
    if (is_failing || result == DueResult::met) // a new due time begins the tries anew, but ends no outage
        flag_failing(store, job.job.id, is_failing ? std::optional(plan->due) : std::nullopt, clock.now());
    follow_up.after_change();
    return runs;
}

std::vector<Run> Workspace::after_backfill(std::vector<Run> runs, bool is_dry)
{
    pace->store();
    if (!is_dry) {
        runs_ended.count(runs);
        follow_up.after_change();
    }
    return runs;
}

/// A job that is due more often than it is tried again begins its tries anew each time.
bool Workspace::has_failed_for_long(const ReadyJob& job) const
{
    if (schedule.tries(job) >= tries_until_flag)
        return true;
    const auto last = RunStore(store).list(job.job.id, tries_until_flag);
    return last.size() == tries_until_flag &&
           std::all_of(last.begin(), last.end(), [](const Run& run) { return run.outcome == RunOutcome::failed; });
}

void Workspace::not_run(const ReadyJob& job, Time began)
{
    const auto now = clock.now();
    if (const auto planned = schedule.plan(job, now); planned && planned->run_at <= now)
        schedule.ran(job, DueResult::failed, began, now);
}

} // namespace skurd

#include "daemon/daemon_health.hpp"

#include "base/error.hpp"
#include "daemon/ask_status.hpp"
#include "daemon/job_status.hpp"
#include "lib/systemd/notify.hpp"
#include "query/state_findings.hpp"
#include "query/status.hpp"
#include "query/store_figures.hpp"
#include "store/figure_store.hpp"
#include "store/store_session.hpp"
#include "store/store_version.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

namespace skurd {

namespace {

constexpr std::chrono::minutes turn_within{15}; ///< where no service manager watches

/// What is on disk; what is in force where that is not good, and why.
std::pair<Installation, std::string> installation_of(const Installation& in_force)
{
    try {
        auto found = find_installation(in_force.config_file.string(), in_force.state.string());
        found.store = in_force.store; // another one holds from the next start on
        return {std::move(found), ""};
    } catch (const Error& failure) {
        return {in_force, full_message(failure)};
    }
}

} // namespace

Liveness DaemonHealth::liveness() const
{
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    const auto watched = watchdog_interval();
    return {duration_cast<seconds>(pulse_.since()), watched ? duration_cast<seconds>(*watched) : turn_within};
}

std::vector<std::string> DaemonHealth::reasons_not_ready() const
{
    std::vector<std::string> reasons;
    if (is_stopping_)
        reasons.emplace_back("the daemon is stopping");
    if (!liveness().is_alive())
        reasons.emplace_back("the daemon's loop does not have its turns");
    try {
        const auto configured = workspace_.in_force.get();
        const StoreSession store(configured.installation.store, StoreSession::Access::read, workspace_.clock);
        const Schedule schedule(configured.jobs->jobs, &store, configured.due, workspace_.clock.now());
    } catch (const Error& failure) {
        spdlog::debug("not ready: {}", full_message(failure)); // strangers are told no paths
        reasons.emplace_back("the store cannot be read: see `skurd status`");
    }
    return reasons;
}

Status DaemonHealth::status() const
{
    const auto [installation, mistake] = installation_of(workspace_.in_force.get().installation);
    auto status = ask_status(installation, workspace_.clock, StoreFiles::left_alone);
    if (!mistake.empty()) {
        auto& all = status.findings;
        const auto place = std::upper_bound(all.begin(), all.end(), Concern::files,
                                            [](Concern concern, const auto& one) { return concern < one.concern; });
        all.insert(place, {Concern::files, "", mistake});
    }
    return status;
}

DaemonFigures DaemonHealth::figures() const
{
    const auto configured = workspace_.in_force.get();
    DaemonFigures figures;
    figures.now = workspace_.clock.now();
    figures.store_version = store_schema_version();
    figures.process = process_usage();
    figures.liveness = liveness();
    figures.configuration_read_at = configured.read_at;
    figures.is_last_reload_good = configured.is_last_reload_good;
    figures.fetched = workspace_.fetched->totals();
    figures.runs_ended = workspace_.runs_ended.ended();
    for (const auto& order : desk_.list())
        ++figures.orders[order.state];
    for (auto& job : job_statuses(*configured.jobs))
        if (job.enabled)
            figures.jobs.push_back(std::move(job));
    figures.rooms = disk_rooms(configured.installation.state);
    read_store(figures, configured);
    return figures;
}

void DaemonHealth::read_store(DaemonFigures& figures, const Configured& configured) const
{
    try {
        const StoreSession store(configured.installation.store, StoreSession::Access::read, workspace_.clock);
        add_health(store, figures.jobs);
        add_plans(Schedule(configured.jobs->jobs, &store, configured.due, figures.now), *configured.jobs, figures.now,
                  figures.jobs);
        figures.store = store_figures(store, configured.installation.state);
    } catch (const Error& failure) { // which skurd_store_readable says
        spdlog::debug("metrics: {}", full_message(failure));
    }
}

} // namespace skurd

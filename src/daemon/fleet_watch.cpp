#include "daemon/fleet_watch.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>

namespace skurd {

namespace {

constexpr std::array duty_names = {"messages", "publication", "upkeep"};

} // namespace

/// The first one says what all are to work by.
FleetWatch::FleetWatch(StoreSession& store, const WorkedBy& configuration)
    : store_(store), configuration_(configuration.hash)
{
    auto* fleet = store_.fleet();
    if (!fleet)
        return;
    fleet->tell_configuration(configuration_);
    fleet->take_out_expired();
    const auto in_force = fleet->configuration_in_force();
    if (in_force != configuration_ && (in_force.empty() || store_.writers().size() == 1))
        fleet->put_in_force(configuration);
    look();
}

bool FleetWatch::look()
{
    auto* fleet = store_.fleet();
    if (!fleet)
        return false;
    fleet->renew();
    const bool is_one_gone = fleet->take_out_expired();
    in_force_ = fleet->configuration_in_force();
    upgrade_ = fleet->wanted_upgrade();
    jobs_.clear();
    for (const auto& writer : store_.writers())
        for (const auto& lease : writer.leases)
            if (writer.token != fleet->token() && lease.kind == Lease::Kind::job)
                jobs_.insert(lease.name);
    return is_one_gone;
}

void FleetWatch::put_in_force(const WorkedBy& configuration)
{
    auto* fleet = store_.fleet();
    if (fleet && fleet->configuration_in_force() != configuration.hash)
        fleet->put_in_force(configuration);
    agree(configuration.hash);
}

void FleetWatch::agree(const std::string& configuration)
{
    configuration_ = configuration;
    if (auto* fleet = store_.fleet()) {
        fleet->tell_configuration(configuration_);
        in_force_ = fleet->configuration_in_force();
    }
}

bool FleetWatch::has(Duty duty)
{
    auto* fleet = store_.fleet();
    if (!fleet)
        return true;
    const Lease lease{Lease::Kind::duty, duty_names.at(static_cast<std::size_t>(duty))};
    if (may_begin())
        return fleet->take(lease);
    fleet->give_back(lease);
    return false;
}

FleetWatch::JobLease::JobLease(const FleetWatch& watch, const std::string& job) : watch_(watch), job_(job)
{
    if (auto* fleet = watch_.store_.fleet())
        is_held_ = watch_.may_begin() && fleet->take({Lease::Kind::job, job_});
}

FleetWatch::JobLease::~JobLease()
{
    auto* fleet = watch_.store_.fleet();
    if (!fleet || !is_held_)
        return;
    try {
        fleet->give_back({Lease::Kind::job, job_});
    } catch (const Error& failure) { // it ends with this process's time
        spdlog::debug("{}: {}", job_, full_message(failure));
    }
}

void FleetWatch::JobLease::require() const
{
    if (is_held_)
        return;
    if (!watch_.agrees())
        throw Error("job '" + job_ +
                        "': the harvesters on this store work by another configuration, other jobs or "
                        "another catalogue: bring the same files here, or `skurd reload` there or here",
                    ExitCode::busy);
    if (const auto& upgrade = watch_.upgrade())
        throw Error(fmt::format("job '{}': skurd {} on {} waits to bring the store up to date, and this one, which is"
                                " older, begins nothing more: install that version here too",
                                job_, upgrade->program, upgrade->host),
                    ExitCode::busy);
    for (const auto& writer : watch_.store_.writers())
        for (const auto& lease : writer.leases)
            if (lease == Lease{Lease::Kind::job, job_})
                throw Error(fmt::format("job '{}': the harvester on {} (process {}) is at it; ask again when it has "
                                        "ended, or after {}",
                                        job_, writer.host, writer.process, format_time(writer.until)),
                            ExitCode::busy);
    throw Error(fmt::format("job '{}': another harvester was at it just now; ask again", job_), ExitCode::busy);
}

} // namespace skurd

#pragma once

#include "base/clock.hpp"
#include "lib/postgres/connection.hpp"
#include "store/engine/fleet.hpp"

#include <filesystem>
#include <memory>

namespace skurd {

std::string host_name(); ///< of this machine

/// Whose clock says when a writer's time has run out, and when a host was called.
enum class FleetTime {
    of_server, ///< which all have in common: machines' own clocks may be apart
    of_clock,  ///< the one that is given, which all have in common in a test that moves it by hand
};
/// The server's where the clock is the machine's.
FleetTime fleet_time_for(const Clock& clock);

/// Enters this process among those that write the store, and takes out whoever wrote from that state folder before,
/// whose lock this process has. The clock outlives it; times of calls and holds are given and taken as it has them.
std::unique_ptr<Fleet> enter_postgres_fleet(const PostgresTarget& target, const std::filesystem::path& folder,
                                            const Clock& clock, FleetTime time);

} // namespace skurd

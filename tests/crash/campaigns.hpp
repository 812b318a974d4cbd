#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace skurd::crash {

/// What a campaign is told on the command line; README.md explains each.
struct Options {
    std::filesystem::path folder; ///< everything is made in it
    std::uint64_t seed = 0;
    std::size_t times = 0; ///< kills, or seconds
    std::size_t cells = 0; ///< of each table
    std::size_t most = 0;  ///< faults of each kind; 0 = every one
    bool on_postgres =
        false; ///< the store; else in a file. Of `kill` and `unattended`; others need the one or the other
};

/// The campaigns. Each prints what it does and what came of it, one line a figure, and throws Error for what the
/// store, or the program, did wrong.
void kill_at_random(const Options& options);
void inject_faults(const Options& options);
void starve_daemon(const Options& options);
void kill_the_daemon(const Options& options);
void leave_alone(const Options& options);
void read_while_harvesting(const Options& options);
void kill_messages(const Options& options);
void kill_server(const Options& options);
void cut_connections(const Options& options);

} // namespace skurd::crash

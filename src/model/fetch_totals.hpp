#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace skurd {

/// What was asked of one host since the process began.
struct HostTotals {
    std::uint64_t requests = 0; ///< those that were made anew too
    std::uint64_t failures = 0; ///< of them: without an answer, or with one of status 429 or 5xx
    std::uint64_t retries = 0;
    std::uint64_t bytes = 0;            ///< of the bodies that came
    std::chrono::milliseconds waited{}; ///< for the pace, and for what the host asked for
};

using FetchTotals = std::map<std::string, HostTotals>; ///< by host

} // namespace skurd

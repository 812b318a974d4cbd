#pragma once

#include <chrono>
#include <cstdint>

namespace skurd {

/// What this process has used of its machine, as /proc tells it (proc(5)); 0 where it does not tell.
struct ProcessUsage {
    std::chrono::system_clock::time_point started_at{};
    std::chrono::milliseconds processor_time{0}; ///< of all its threads, in user mode and in the kernel
    std::uint64_t resident_bytes = 0;
    std::uint64_t virtual_bytes = 0;
    std::uint64_t descriptors = 0; ///< that are open
    std::uint64_t descriptors_max = 0;
    std::uint64_t threads = 0;
};

ProcessUsage process_usage();

} // namespace skurd

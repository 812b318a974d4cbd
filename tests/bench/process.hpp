#pragma once

#include "tests/bench/measure.hpp"

#include <string>
#include <vector>

namespace skurd::bench {

/// What a program that ran to its end came to.
struct Ended {
    int exit = -1;   ///< 128 + signal where a signal ended it
    std::string out; ///< its standard output; its standard error is ours
    Cost cost;       ///< as a whole process, with all it started and waited for
};

/// Runs a program, found as a shell finds it; exit 127 when it cannot be started.
Ended run(const std::vector<std::string>& command);

/// The most memory this process has had at once, in bytes. Not ru_maxrss of the parent's wait: that begins with what
/// the parent itself had when it forked.
double peak_memory();

/// Bytes that this process has handed to the system to be written, in all.
double bytes_written();

} // namespace skurd::bench

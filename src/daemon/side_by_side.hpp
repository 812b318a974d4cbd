#pragma once

#include "run/jobs.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace skurd {

constexpr std::size_t lanes_at_once_max = 64; ///< threads that run jobs

/// Runs jobs, those of different lanes at the same time and those of one after another. `run` is called on several
/// threads, once for each job with its index, and does not throw. Ends when all have.
void run_side_by_side(const std::vector<const ReadyJob*>& jobs, const std::function<void(std::size_t)>& run);

} // namespace skurd

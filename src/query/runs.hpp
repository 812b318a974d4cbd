#pragma once

#include "model/run.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The newest runs first; of all jobs for "". As of a moment those that had begun by then and are in the store still;
/// one that had not ended then runs, and has not told anything.
std::vector<Run> newest_runs(const StoreSession& store, const std::string& job, std::size_t most,
                             std::optional<Time> at = {});

} // namespace skurd

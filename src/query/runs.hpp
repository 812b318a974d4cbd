#pragma once

#include "model/run.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// The newest runs first; of all jobs for "".
std::vector<Run> newest_runs(const StoreSession& store, const std::string& job, std::size_t most);

} // namespace skurd

#pragma once

#include "model/commit.hpp"
#include "store/store_session.hpp"

#include <cstdint>
#include <vector>

namespace skurd {

/// The number of the newest commit; 0 = nothing was committed yet. As long as it stays, the store says the same.
std::int64_t newest_commit(const StoreSession& store);

/// What was committed after that number, ascending.
std::vector<Commit> commits_since(const StoreSession& store, std::int64_t seq);

} // namespace skurd

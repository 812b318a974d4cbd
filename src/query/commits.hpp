#pragma once

#include "store/store_session.hpp"

#include <cstdint>

namespace skurd {

/// The number of the newest commit; 0 = nothing was committed yet. As long as it stays, the store says the same.
std::int64_t newest_commit(const StoreSession& store);

} // namespace skurd

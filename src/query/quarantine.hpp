#pragma once

#include "model/quarantine.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Throws Error (usage) for a number that is not there.
Quarantined find_quarantined(const StoreSession& store, std::int64_t id);

} // namespace skurd

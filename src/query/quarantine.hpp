#pragma once

#include "model/quarantine.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// Throws Error (usage) for a number that is not there.
Quarantined find_quarantined(const StoreSession& store, std::int64_t id);

/// What waits for an answer, newest first.
std::vector<Quarantined> waiting_in_quarantine(const StoreSession& store);

} // namespace skurd

#pragma once

#include "fetch/shared_pace.hpp"
#include "store/store_session.hpp"

#include <memory>

namespace skurd {

/// The pace of hosts that all keep who write the store; nothing where none can beside this one. The session outlives
/// it.
std::shared_ptr<SharedPace> fleet_pace(const StoreSession& store);

} // namespace skurd

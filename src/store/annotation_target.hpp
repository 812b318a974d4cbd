#pragma once

#include "model/vintage.hpp"
#include "store/engine/database.hpp"

#include <cstdint>

namespace skurd {

/// The one series a selector names. Throws Error (usage) where it means none, or several.
std::int64_t one_series(Database& database, const Selector& selector);

} // namespace skurd

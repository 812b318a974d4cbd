#pragma once

#include "base/clock.hpp"
#include "model/store_place.hpp"
#include "store/maintenance.hpp"

#include <span>
#include <string_view>

namespace skurd {

/// The tables of a store, each behind those that it points to.
std::span<const std::string_view> store_tables();

/// Copies the store at one place, as it is at one instant, to another, where there must be none with anything in it,
/// between engines or in one. What was copied is verified before any of it is there for others. Gives what was found;
/// throws Error where anything is wrong, and then nothing was copied.
Verification copy_store(const StorePlace& from, const StorePlace& to, const Clock& clock,
                        const StoreMaintenance::Progress& progress = {});

} // namespace skurd

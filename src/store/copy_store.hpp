#pragma once

#include "base/clock.hpp"
#include "model/store_place.hpp"
#include "store/engine/database.hpp"
#include "store/maintenance.hpp"
#include "store/store_session.hpp"

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

/// The same between two that are open, the second one for writing.
Verification copy_store(const StoreSession& from, const StoreSession& to,
                        const StoreMaintenance::Progress& progress = {});

/// Throws Error (usage) where anything was ever stored: it is not as it was made.
void require_empty(const StoreSession& store);

/// Copies the store, as it is at one instant, without the bytes of payloads to a file of SQLite that must not be
/// there yet. It is not verified; the copy has the chains' heads. Tells how many percent are done. What a failure
/// leaves of the file is the caller's to remove.
void copy_to_file(Database& from, const std::filesystem::path& file, const Clock& clock,
                  const std::function<void(int)>& progress);

} // namespace skurd

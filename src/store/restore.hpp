#pragma once

#include "model/store_place.hpp"
#include "store/maintenance.hpp"

#include <filesystem>

namespace skurd {

/// What a backup that was put in place left.
struct Restored {
    Verification found;         ///< of the store as it is now; nothing is wrong
    std::filesystem::path kept; ///< the store that was there before; empty where none was
};

/// Puts a backup in the place of a state folder's store: copies it beside, brings it up to date where it is of an
/// older skurd, verifies it whole, and only then lets it take the place. The store that was there is kept under
/// another name, with its log, whatever state it is in. Under root the files are given to the folder's owner. Into a
/// database of PostgreSQL it is copied in one transaction and verified there; nothing may be stored in it yet. Throws
/// Error (busy) when another process holds the store; usage for a file that is no finished backup, and for a database
/// with a store in it; failed for one that is wrong. Then the store is as it was.
Restored restore_backup(const StorePlace& place, const std::filesystem::path& backup, const Clock& clock,
                        const StoreMaintenance::Progress& progress = {});

/// The same into a folder of its own in `scratch`, which is removed again: what restore_backup() would do, tried
/// without anything being put anywhere. What is wrong is told, not thrown.
Verification rehearse_restore(const std::filesystem::path& backup, const std::filesystem::path& scratch,
                              const Clock& clock, const StoreMaintenance::Progress& progress = {});

/// Whether the store in that file, or the backup, is of an older version than this program's. Throws Error for what
/// is none, or of a newer one.
bool is_of_older_version(const std::filesystem::path& file);

/// Verifies the store of a state folder that is of an older version than this program's, which cannot be read as it
/// is: a copy of it in `scratch` is brought up to date and verified. So the upgrade is tried, too.
Verification verify_older(const std::filesystem::path& state_folder, const std::filesystem::path& scratch,
                          const Clock& clock, const StoreMaintenance::Progress& progress = {});

} // namespace skurd

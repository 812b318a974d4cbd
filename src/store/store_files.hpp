#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

// What the files of a state folder tell without the store being opened.

/// The store's file in a state folder. Where a file is named for the folder, a backup or a published snapshot, that.
std::filesystem::path store_file(const std::filesystem::path& state);

/// Throws Error (usage) where a file is named for the state folder: it is only read.
void require_state_folder(const std::filesystem::path& state);

/// Why no new store may be made in a state folder that has none, and what to do; "" where one may: payloads or an
/// archive lie there, whose store is gone; or /etc/fstab has a disk to be mounted there that is not.
std::string why_no_new_store(const std::filesystem::path& folder);

/// Throws Error where the folder has an empty file for a store, or none and no new one may be made.
void require_store_or_room_for_one(const std::filesystem::path& folder);

/// Throws Error for an empty file, which SQLite takes for an empty database.
void require_not_empty(const std::filesystem::path& database);

/// What does not fit together in the files of the store that is there, a sentence each; empty when all is well.
/// Looks at their heads and sizes alone, so `skurd verify` finds more.
std::vector<std::string> store_file_faults(const std::filesystem::path& folder);

/// How much the database and its log take, in bytes.
std::uintmax_t store_size(const std::filesystem::path& state);

} // namespace skurd

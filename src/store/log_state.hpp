#pragma once

#include "model/store_log.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace skurd {

/// How long the log of a state folder's store is, and who reads the store now, other than process `except`. `limit`
/// is [store] wal_limit. Opens neither the database nor its side files: POSIX gives up all locks of a process on a
/// file as soon as it closes that file once.
StoreLog store_log(const std::filesystem::path& folder, std::uintmax_t limit, int except);

/// The processes that hold one of SQLite's read locks, by the text of /proc/locks (proc_locks(5)) and the number of
/// the file `skurd.db-shm` in its file system; ascending.
std::vector<int> reading_processes(std::string_view proc_locks, std::uint64_t inode);

/// Puts what is in the log into the database's file and empties it, unless a reader holds on to an older state or
/// somebody writes. For any thread, while others use the store. Throws Error.
void empty_log(const std::filesystem::path& folder);

} // namespace skurd

#pragma once

#include "model/status.hpp"

#include <filesystem>
#include <vector>

namespace skurd {

/// The room of the state folder's file system, and of that of the payloads where it is another.
std::vector<DiskRoom> disk_rooms(const std::filesystem::path& state);

/// Where there is less room than is needed.
std::vector<StatusFinding> room_findings(const std::vector<DiskRoom>& rooms);

/// Where the store's log is longer than it may be: who keeps it from being emptied, and what that costs.
std::vector<StatusFinding> log_findings(const StoreLog& log);

/// What of a state folder its owner, whom the daemon runs as, cannot write: a file system that is mounted for
/// reading, files of another owner, files without the right.
std::vector<StatusFinding> writing_findings(const std::filesystem::path& state);

} // namespace skurd

#pragma once

#include "model/clock_evidence.hpp"
#include "model/status.hpp"
#include "model/vintage.hpp"

#include <filesystem>
#include <optional>
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

/// Why files that are dropped wait: our clock is in doubt. Nothing where it is not.
std::optional<StatusFinding> clock_finding(const ClockEvidence& evidence, Time now);

/// What was placed while our clock was ahead, by dataset.
std::vector<StatusFinding> future_findings(const std::vector<FutureReleases>& placed);

} // namespace skurd

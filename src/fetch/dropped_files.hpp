#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// A regular file in a drop folder.
struct DroppedFile {
    std::filesystem::path path;
    timespec modified{};

    /// Whether the name fits the pattern, ASCII case ignored.
    bool fits(const std::string& pattern) const;
};

/// The files of a folder, oldest by change time first, then by name; none when the folder is not there. Symbolic
/// links, devices and folders are left out, and so are hidden files and those called *.part, *.tmp, *.filepart,
/// *.crdownload, *.reason, *~ or ~$*: they are somebody's unfinished work. Throws Error when the folder cannot be
/// read or is none.
std::vector<DroppedFile> dropped_files(const std::filesystem::path& folder);

/// Whether a file with this change time was left alone for so long. A time more than a day ahead of the clock says
/// nothing, so it counts as left alone.
bool is_unchanged_for(const timespec& modified, Time now, std::chrono::seconds settle);

/// The files that lie in a drop folder and that no job will take: left alone for ten minutes, and fitting none of the
/// patterns. In the order of dropped_files(), and throws as that does.
std::vector<std::filesystem::path> unmatched_files(const std::filesystem::path& folder,
                                                   const std::vector<std::string>& patterns, Time now);

} // namespace skurd

#pragma once

#include <filesystem>
#include <string>

namespace skurd {

/// Where the file system that holds a file, or would hold one that is not there yet, is mounted: the highest folder
/// above it on the same device. The file's folder itself where nothing can be found out.
std::filesystem::path mount_point(const std::filesystem::path& file);

/// The file system that holds a file, for a message: "the file system mounted at /srv (0 bytes free of 20.0 GB)".
std::string describe_file_system(const std::filesystem::path& file);

/// What a person can do about the error `code` (an errno value) of a file, to stand at the end of a message: for a
/// full disk, a used-up quota and a disk that fails, which file system it is and how much room it has. "" for others.
std::string disk_hint(int code, const std::filesystem::path& file);

} // namespace skurd

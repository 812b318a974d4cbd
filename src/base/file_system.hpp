#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace skurd {

/// Where the file system that holds a file, or would hold one that is not there yet, is mounted: the highest folder
/// above it on the same device. The file's folder itself where nothing can be found out.
std::filesystem::path mount_point(const std::filesystem::path& file);

/// A disk that is to be mounted at a folder or above it, by a table like /etc/fstab, and is not, by one like
/// /proc/self/mounts: where. Empty where there is none, or the tables cannot be read.
std::filesystem::path unmounted_disk(const std::filesystem::path& folder,
                                     const std::filesystem::path& wanted = "/etc/fstab",
                                     const std::filesystem::path& mounted = "/proc/self/mounts");

/// How much there is on a file system, in bytes.
struct Room {
    std::filesystem::path mounted; ///< where it is
    std::uintmax_t free = 0;       ///< for who is not root
    std::uintmax_t size = 0;
    bool is_read_only = false;
    bool has_files_left = true; ///< that can still be made
};

/// Of the file system that holds a file; nothing where it cannot be asked.
std::optional<Room> room_of(const std::filesystem::path& file);

std::string byte_size_text(std::uintmax_t bytes); ///< for people: "3.4 GB"

/// The file system that holds a file, for a message: "the file system mounted at /srv (0 bytes free of 20.0 GB)".
std::string describe_file_system(const std::filesystem::path& file);

/// What a person can do about the error `code` (an errno value) of a file, to stand at the end of a message: for a
/// full disk, a used-up quota and a disk that fails, which file system it is and how much room it has. "" for others.
std::string disk_hint(int code, const std::filesystem::path& file);

} // namespace skurd

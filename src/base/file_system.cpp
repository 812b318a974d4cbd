#include "base/file_system.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <mntent.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <vector>

namespace skurd {

namespace fs = std::filesystem;

namespace {

bool find_device(const fs::path& path, dev_t& device)
{
    struct ::stat found = {};
    if (::stat(path.c_str(), &found) != 0)
        return false;
    device = found.st_dev;
    return true;
}

fs::path without_last_slash(const fs::path& path)
{
    return path.has_filename() ? path : path.parent_path();
}

/// The places that a table of mounts names.
std::vector<fs::path> mount_points(const fs::path& table)
{
    std::vector<fs::path> found;
    FILE* file = ::setmntent(table.c_str(), "re");
    if (!file)
        return found;
    constexpr std::size_t line_max = 4096;
    std::array<char, line_max> line{};
    for (::mntent entry{}; ::getmntent_r(file, &entry, line.data(), line.size());)
        found.push_back(without_last_slash(entry.mnt_dir));
    ::endmntent(file);
    return found;
}

bool is_above_or_at(const fs::path& above, const fs::path& folder)
{
    const auto [end, rest] = std::mismatch(above.begin(), above.end(), folder.begin(), folder.end());
    return end == above.end();
}

/// A file system in words, and whether it has no room.
struct Described {
    std::string text;
    bool is_full = false;
};

Described file_system_of(const fs::path& file)
{
    const auto room = room_of(file);
    if (!room)
        return {fmt::format("the file system of {}", mount_point(file).string())};
    return {fmt::format("the file system mounted at {} ({} free of {}{})", room->mounted.string(),
                        byte_size_text(room->free), byte_size_text(room->size),
                        room->has_files_left ? "" : ", no file can be added"),
            room->free == 0 || !room->has_files_left};
}

} // namespace

std::string byte_size_text(std::uintmax_t bytes)
{
    constexpr std::array units = {"kB", "MB", "GB", "TB"};
    if (bytes < 1000)
        return fmt::format("{} bytes", bytes);
    auto size = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    for (; size >= 1000 && unit + 1 < units.size(); ++unit)
        size /= 1000;
    return fmt::format("{:.1f} {}", size, units[unit]);
}

fs::path unmounted_disk(const fs::path& folder, const fs::path& wanted, const fs::path& mounted)
{
    std::error_code failure;
    const auto at = fs::weakly_canonical(fs::absolute(folder, failure), failure);
    const auto there = mount_points(mounted);
    for (const auto& point : mount_points(wanted))
        if (!there.empty() && point.is_absolute() && point.has_relative_path() && is_above_or_at(point, at) &&
            std::find(there.begin(), there.end(), point) == there.end())
            return point;
    return {};
}

std::optional<Room> room_of(const fs::path& file)
{
    const auto mounted = mount_point(file);
    struct ::statvfs found = {};
    if (::statvfs(mounted.c_str(), &found) != 0)
        return std::nullopt;
    return Room{mounted, std::uintmax_t(found.f_bavail) * found.f_frsize,
                std::uintmax_t(found.f_blocks) * found.f_frsize, (found.f_flag & ST_RDONLY) != 0,
                found.f_files == 0 || found.f_favail != 0};
}

fs::path mount_point(const fs::path& file)
{
    std::error_code failure;
    auto folder = fs::weakly_canonical(fs::absolute(file, failure), failure);
    dev_t device = 0;
    while (!find_device(folder, device) && folder.has_relative_path())
        folder = folder.parent_path();
    dev_t above = 0;
    while (folder.has_relative_path() && find_device(folder.parent_path(), above) && above == device)
        folder = folder.parent_path();
    return folder;
}

std::string describe_file_system(const fs::path& file)
{
    return file_system_of(file).text;
}

std::string disk_hint(int code, const fs::path& file)
{
    if (code != ENOSPC && code != EDQUOT && code != EIO)
        return "";
    const auto described = file_system_of(file);
    if (code == EDQUOT)
        return fmt::format(": the quota on {} is used up; make room there and run again", described.text);
    // A disk without room may say so only when it is told to sync, and SQLite then calls it an I/O error.
    if (code == ENOSPC || described.is_full)
        return fmt::format(": {} is full; make room on it and run again", described.text);
    return fmt::format(": {} does not read or write; check its disk, then run again", described.text);
}

} // namespace skurd

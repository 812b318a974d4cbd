#include "base/file_system.hpp"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

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

std::string size_text(std::uintmax_t bytes)
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

/// A file system in words, and whether it has no room.
struct Described {
    std::string text;
    bool is_full = false;
};

Described file_system_of(const fs::path& file)
{
    const auto mounted = mount_point(file);
    struct ::statvfs found = {};
    if (::statvfs(mounted.c_str(), &found) != 0)
        return {fmt::format("the file system of {}", mounted.string())};
    const bool no_files = found.f_files > 0 && found.f_favail == 0;
    const auto size_of = [&](auto blocks) { return size_text(std::uintmax_t(blocks) * found.f_frsize); };
    return {fmt::format("the file system mounted at {} ({} free of {}{})", mounted.string(), size_of(found.f_bavail),
                        size_of(found.f_blocks), no_files ? ", no file can be added" : ""),
            found.f_bavail == 0 || no_files};
}

} // namespace

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

#include "fetch/dropped_files.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <system_error>
#include <tuple>

namespace skurd {

namespace fs = std::filesystem;

namespace {

bool is_before(const DroppedFile& a, const DroppedFile& b)
{
    return std::tie(a.modified.tv_sec, a.modified.tv_nsec, a.path) <
           std::tie(b.modified.tv_sec, b.modified.tv_nsec, b.path);
}

bool is_left_alone(const std::string& lowered)
{
    constexpr std::string_view endings[] = {".part", ".tmp", ".filepart", ".crdownload", ".reason", "~"};
    return lowered.starts_with('.') || lowered.starts_with("~$") ||
           std::any_of(std::begin(endings), std::end(endings),
                       [&](auto ending) { return lowered.ends_with(ending); });
}

} // namespace

bool DroppedFile::fits(const std::string& pattern) const
{
    return matches_glob(to_lower(path.filename().string()), to_lower(pattern));
}

std::vector<DroppedFile> dropped_files(const fs::path& folder)
{
    std::vector<DroppedFile> found;
    std::error_code failure;
    fs::directory_iterator entries(folder, failure);
    if (failure == std::errc::no_such_file_or_directory)
        return found;
    for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
        const auto& path = entries->path();
        struct stat status {};
        if (!is_left_alone(to_lower(path.filename().string())) && ::lstat(path.c_str(), &status) == 0 &&
            S_ISREG(status.st_mode))
            found.push_back({path, status.st_mtim});
    }
    if (failure)
        throw error(
            "{}: the folder cannot be read: {}; files are dropped into a folder that skurd may read and write",
            folder.string(), failure.message());
    std::sort(found.begin(), found.end(), is_before);
    return found;
}

bool is_unchanged_for(const timespec& modified, Time now, std::chrono::seconds settle)
{
    constexpr std::chrono::seconds nonsense = std::chrono::hours(24);
    const std::chrono::seconds age(now.time_since_epoch().count() - modified.tv_sec - (modified.tv_nsec > 0 ? 1 : 0));
    return age >= settle || age < -nonsense;
}

std::vector<fs::path> unmatched_files(const fs::path& folder, const std::vector<std::string>& patterns, Time now)
{
    std::vector<fs::path> untaken;
    for (const auto& file : dropped_files(folder)) {
        const bool wanted = std::any_of(patterns.begin(), patterns.end(),
                                        [&](const std::string& pattern) { return file.fits(pattern); });
        if (!wanted && is_unchanged_for(file.modified, now, std::chrono::minutes(10)))
            untaken.push_back(file.path);
    }
    return untaken;
}

} // namespace skurd

#include "fetch/drop_fetcher.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "fetch/file_descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <tuple>
#include <vector>

namespace skurd {

namespace fs = std::filesystem;

namespace {

struct Candidate {
    timespec modified{};
    std::string name;
};

bool is_before(const Candidate& a, const Candidate& b)
{
    return std::tie(a.modified.tv_sec, a.modified.tv_nsec, a.name) <
           std::tie(b.modified.tv_sec, b.modified.tv_nsec, b.name);
}

bool is_left_alone(const std::string& lowered)
{
    constexpr std::string_view endings[] = {".part", ".tmp", ".filepart", ".crdownload", ".reason", "~"};
    return lowered.starts_with('.') || lowered.starts_with("~$") ||
           std::any_of(std::begin(endings), std::end(endings),
                       [&](auto ending) { return lowered.ends_with(ending); });
}

std::vector<Candidate> candidates(const fs::path& folder, const std::string& pattern)
{
    std::vector<Candidate> found;
    std::error_code failure;
    fs::directory_iterator entries(folder, failure);
    if (failure == std::errc::no_such_file_or_directory)
        return found;
    for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
        auto name = entries->path().filename().string();
        const auto lowered = to_lower(name);
        struct stat status {};
        if (is_left_alone(lowered) || !matches_glob(lowered, to_lower(pattern)) ||
            ::lstat(entries->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        found.push_back({status.st_mtim, std::move(name)});
    }
    if (failure)
        throw error("{}: the folder cannot be read: {}", folder.string(), failure.message());
    std::sort(found.begin(), found.end(), is_before);
    return found;
}

bool is_settled(const struct stat& status, Time now, std::chrono::seconds settle)
{
    constexpr std::chrono::seconds nonsense = std::chrono::hours(24);
    const std::chrono::seconds age(now.time_since_epoch().count() - status.st_mtim.tv_sec -
                                   (status.st_mtim.tv_nsec > 0 ? 1 : 0));
    return age >= settle || age < -nonsense;
}

bool is_same(const struct stat& a, const struct stat& b)
{
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
           a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Everything up to the size the file had; false when reading fails.
bool read_all(const FileDescriptor& in, std::string& bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto size = ::read(in.get(), bytes.data() + done, bytes.size() - done);
        if (size < 0)
            return false;
        if (size == 0)
            break;
        done += static_cast<std::size_t>(size);
    }
    bytes.resize(done);
    return true;
}

} // namespace

DropFetcher::DropFetcher(const Clock& clock, const DropFolders& folders, std::chrono::seconds settle,
                         std::size_t size_max)
    : clock_(clock), folders_(folders), settle_(settle), size_max_(size_max)
{
}

std::optional<Response> DropFetcher::fetch(const Request& request, std::stop_token stop)
{
    const fs::path folder(request.url);
    for (const auto& candidate : candidates(folder, request.pattern)) {
        if (stop.stop_requested())
            throw error("{}: stopped while looking for files", folder.string());
        if (auto response = take(folder / candidate.name))
            return response;
    }
    return std::nullopt;
}

void DropFetcher::refuse(const fs::path& file, const std::string& reason) const
{
    const auto kept = folders_.quarantine(file, reason);
    throw error("{}: {}; moved to {}", file.string(), reason, kept.string());
}

std::optional<Response> DropFetcher::take(const fs::path& file) const
{
    const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!in && (errno == ENOENT || errno == ELOOP))
        return std::nullopt;
    struct stat before {};
    if (!in || ::fstat(in.get(), &before) != 0)
        refuse(file, fmt::format("cannot be read: {}", std::generic_category().message(errno)));
    if (!S_ISREG(before.st_mode) || !is_settled(before, clock_.now(), settle_))
        return std::nullopt;
    const auto size = static_cast<std::size_t>(before.st_size);
    if (size > size_max_)
        refuse(file, fmt::format("{} bytes; a dropped file may have {}", size, size_max_));
    Response response;
    response.body.resize(size);
    if (!read_all(in, response.body))
        refuse(file, fmt::format("cannot be read: {}", std::generic_category().message(errno)));
    response.url = file.string();
    response.received_at = clock_.now();
    response.modified_at = Time(std::chrono::seconds(before.st_mtim.tv_sec));
    // By name: a file that was replaced by another one meanwhile waits as well.
    struct stat after {};
    if (::lstat(file.c_str(), &after) != 0 || !is_same(before, after) || response.body.size() != size)
        return std::nullopt;
    return response;
}

} // namespace skurd

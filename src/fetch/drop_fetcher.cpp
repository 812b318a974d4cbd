#include "fetch/drop_fetcher.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "fetch/dropped_files.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

namespace {

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

DropFetcher::DropFetcher(Clock& clock, const DropFolders& folders, std::chrono::seconds settle, std::size_t size_max)
    : clock_(clock), folders_(folders), settle_(settle), size_max_(size_max)
{
}

std::optional<Response> DropFetcher::fetch(const Request& request, std::stop_token stop)
{
    bool is_young = false;
    auto response = find_file(request, stop, is_young);
    if (response || !is_young)
        return response;
    // Something has just arrived: whoever asked should not have to ask again in a moment.
    clock_.wait(settle_ + std::chrono::seconds(1), stop);
    return find_file(request, stop, is_young);
}

std::optional<Response> DropFetcher::find_file(const Request& request, std::stop_token stop, bool& is_young) const
{
    const fs::path folder(request.url);
    for (const auto& file : dropped_files(folder)) {
        if (stop.stop_requested())
            throw Stopped(folder.string() + ": stopped while looking for files");
        if (!file.fits(request.pattern))
            continue;
        if (!is_unchanged_for(file.modified, clock_.now(), settle_))
            is_young = true;
        else if (auto response = take(file.path))
            return response;
    }
    return std::nullopt;
}

void DropFetcher::refuse(const fs::path& file, const std::string& reason) const
{
    const auto moved = folders_.quarantine(file, reason);
    throw error("{}: {}; moved to {}", file.string(), reason, moved.string());
}

void DropFetcher::fail(const fs::path& file) const
{
    const int code = errno;
    const auto reason = fmt::format("cannot be read: {}", std::generic_category().message(code));
    if (code == EACCES || code == EPERM)
        refuse(file, reason);
    throw error("{}: {}; it stays where it is and is tried again", file.string(), reason);
}

std::optional<Response> DropFetcher::take(const fs::path& file) const
{
    const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!in && (errno == ENOENT || errno == ELOOP || errno == EWOULDBLOCK))
        return std::nullopt;
    struct stat before {};
    if (!in || ::fstat(in.get(), &before) != 0)
        fail(file);
    if (!S_ISREG(before.st_mode) || !is_unchanged_for(before.st_mtim, clock_.now(), settle_) || has_writer(in))
        return std::nullopt;
    const auto size = static_cast<std::size_t>(before.st_size);
    if (size > size_max_)
        refuse(file, fmt::format("{} bytes; a dropped file may have {}", size, size_max_));
    Response response;
    response.body.resize(size);
    if (!read_all(in, response.body))
        fail(file);
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

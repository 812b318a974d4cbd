#include "publish/published_folder.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/text.hpp"
#include "store/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto scratch_name = ".publishing";
constexpr auto going_name = ".removing";
constexpr auto next_link = ".latest";
constexpr auto file_mode = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;

[[noreturn]] void fail(const fs::path& path, const char* what, int code)
{
    throw StoreError(fmt::format("{}: {}: {}{}", path.string(), what, std::generic_category().message(code),
                                 disk_hint(code, path)));
}

void check(const std::error_code& failure, const fs::path& path, const char* what)
{
    if (failure)
        fail(path, what, failure.value());
}

FileDescriptor locked(const fs::path& file)
{
    FileDescriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock)
        fail(file, "cannot be opened", errno);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
        throw Error(
            fmt::format("{}: another skurd is publishing there: wait until it is done", file.parent_path().string()),
            ExitCode::busy);
    return lock;
}

} // namespace

PublishedFolder::PublishedFolder(fs::path folder) : folder_(std::move(folder))
{
    make_folder(folder_);
    lock_ = locked(folder_ / ".lock");
    remove_scratch();
}

std::vector<std::int64_t> PublishedFolder::numbers() const
{
    std::vector<std::int64_t> found;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        const auto number = positive_number(entry.path().filename().string());
        if (number && entry.is_directory() && !entry.is_symlink())
            found.push_back(*number);
    }
    std::sort(found.begin(), found.end());
    return found;
}

fs::path PublishedFolder::make_scratch() const
{
    auto scratch = folder_ / scratch_name;
    make_folder(scratch);
    return scratch;
}

void PublishedFolder::put_in_place(const fs::path& scratch, std::int64_t commit) const
{
    std::error_code failure;
    std::vector<fs::path> folders = {scratch};
    for (const auto& entry : fs::recursive_directory_iterator(scratch)) {
        if (entry.is_directory())
            folders.push_back(entry.path());
        else
            fs::permissions(entry.path(), file_mode, failure);
        check(failure, entry.path(), "its rights cannot be set");
    }
    for (const auto& each : folders)
        make_durable(each);
    rename_durably(scratch, of(commit));
    point_to(commit);
}

void PublishedFolder::point_to(std::int64_t commit) const
{
    const auto next = folder_ / next_link;
    std::error_code failure;
    if (fs::read_symlink(folder_ / "latest", failure) == std::to_string(commit))
        return;
    fs::remove(next, failure);
    fs::create_directory_symlink(std::to_string(commit), next, failure);
    check(failure, next, "the link cannot be made");
    rename_durably(next, folder_ / "latest");
}

void PublishedFolder::remove_scratch() const noexcept
{
    std::error_code ignored;
    for (const auto* name : {scratch_name, going_name, next_link})
        fs::remove_all(folder_ / name, ignored);
}

std::size_t PublishedFolder::keep(const PublishBounds& bounds, Time now, std::int64_t commit) const
{
    auto all = numbers();
    std::erase(all, commit);
    std::reverse(all.begin(), all.end());
    const auto is_old = [&](std::int64_t number) {
        const auto at = std::chrono::file_clock::to_sys(fs::last_write_time(of(number)));
        return now - std::chrono::floor<std::chrono::seconds>(at) > bounds.days;
    };
    std::size_t removed = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i + 1 < bounds.number && !is_old(all[i]))
            continue;
        // Under another name first, so that nobody finds half of it.
        rename_durably(of(all[i]), folder_ / going_name);
        std::error_code failure;
        fs::remove_all(folder_ / going_name, failure);
        check(failure, folder_ / going_name, "cannot be removed");
        ++removed;
    }
    return removed;
}

} // namespace skurd

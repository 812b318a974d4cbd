#include "store/lock.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/text.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace skurd {

namespace {

std::string holder(int file)
{
    std::array<char, 32> text{};
    const auto size = ::pread(file, text.data(), text.size(), 0);
    const auto pid = trim({text.data(), size > 0 ? static_cast<std::size_t>(size) : 0});
    return all_digits(pid) ? fmt::format("process {}", pid) : std::string("another process");
}

bool write_pid(int file)
{
    const auto pid = fmt::format("{}\n", ::getpid());
    return ::ftruncate(file, 0) == 0 && ::pwrite(file, pid.data(), pid.size(), 0) == ::ssize_t(pid.size());
}

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what, int code)
{
    const auto hint = disk_hint(code, path);
    throw error("{}: {}: {}{}", path.string(), what, std::strerror(code),
                hint.empty() ? "; check who owns the state folder" : hint);
}

} // namespace

FolderLock::FolderLock(const std::filesystem::path& folder)
{
    const auto path = folder / "skurd.lock";
    file_ = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file_)
        fail(path, "cannot be made", errno);
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        const bool held = errno == EWOULDBLOCK;
        const auto message = held ? fmt::format("{}: {} holds the store; wait for it to end, or stop it",
                                                folder.string(), holder(file_.get()))
                                  : fmt::format("{}: cannot be locked: {}", path.string(), std::strerror(errno));
        throw Error(message, held ? ExitCode::busy : ExitCode::failed);
    }
    if (!write_pid(file_.get()))
        fail(path, "cannot be written", errno);
}

} // namespace skurd

#include "store/lock.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

namespace skurd {

namespace {

/// Who asks who holds the lock has a share of it for an instant: see holder_of(). So it is tried again a few times.
bool lock(int file)
{
    constexpr int tries_max = 5;
    constexpr int pause = 10; // milliseconds
    for (int tries = 1;; ++tries) {
        if (::flock(file, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK || tries == tries_max)
            return false;
        ::poll(nullptr, 0, pause);
    }
}

/// What the holder wrote, as far as it can be made out.
StoreHolder read_holder(int file)
{
    std::array<char, 256> bytes{};
    const auto size = ::pread(file, bytes.data(), bytes.size(), 0);
    const auto lines = split({bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0}, '\n');
    StoreHolder holder{StoreHolder::Kind::command};
    const auto pid = trim(lines.front());
    if (all_digits(pid))
        std::from_chars(pid.data(), pid.data() + pid.size(), holder.pid);
    const auto words = split(lines.size() > 1 ? lines[1] : "", ' ');
    if (words.front() == to_string(StoreHolder::Kind::daemon) && words.size() == 3)
        holder = {StoreHolder::Kind::daemon, holder.pid, parse_time(words[1]), std::string(words[2])};
    return holder;
}

std::string holder_text(int file)
{
    const auto pid = read_holder(file).pid;
    return pid == 0 ? std::string("another process") : fmt::format("process {}", pid);
}

bool write(int file, const std::string& text)
{
    return ::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) == ::ssize_t(text.size());
}

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what, int code)
{
    const auto hint = disk_hint(code, path);
    throw error("{}: {}: {}{}", path.string(), what, std::strerror(code),
                hint.empty() ? "; check who owns the state folder" : hint);
}

} // namespace

FolderLock::FolderLock(const std::filesystem::path& folder) : path_(folder / "skurd.lock")
{
    file_ = FileDescriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file_)
        fail(path_, "cannot be made", errno);
    if (!lock(file_.get())) {
        const bool held = errno == EWOULDBLOCK;
        const auto message = held ? fmt::format("{}: {} holds the store; wait for it to end, or stop it",
                                                folder.string(), holder_text(file_.get()))
                                  : fmt::format("{}: cannot be locked: {}", path_.string(), std::strerror(errno));
        throw Error(message, held ? ExitCode::busy : ExitCode::failed);
    }
    if (!write(file_.get(), fmt::format("{}\n", ::getpid())))
        fail(path_, "cannot be written", errno);
}

void FolderLock::tell_daemon(Time since, const std::string& configuration)
{
    if (!write(file_.get(), fmt::format("{}\n{} {} {}\n", ::getpid(), to_string(StoreHolder::Kind::daemon),
                                        format_time(since), configuration)))
        fail(path_, "cannot be written", errno);
}

StoreHolder holder_of(const std::filesystem::path& folder)
{
    const FileDescriptor file(::open((folder / "skurd.lock").c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::flock(file.get(), LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return {}; // the share goes with the descriptor
    return read_holder(file.get());
}

} // namespace skurd

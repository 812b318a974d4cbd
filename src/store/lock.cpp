#include "store/lock.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
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

std::string last_line(int file)
{
    std::array<char, 256> bytes{};
    const auto size = ::pread(file, bytes.data(), bytes.size(), 0);
    const auto lines = split(trim({bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0}), '\n');
    return std::string(lines.back());
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

/// When a process started, in the kernel's ticks; "" where that cannot be told.
std::string start_of(std::int64_t pid)
{
    const FileDescriptor file(::open(fmt::format("/proc/{}/stat", pid).c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 1024> bytes{};
    const auto size = file ? ::read(file.get(), bytes.data(), bytes.size()) : 0;
    const std::string_view text(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    constexpr std::size_t place = 20; // behind the name in brackets, which may hold anything
    const auto words = split(text.substr(std::min(text.rfind(')') + 1, text.size())), ' ');
    return words.size() > place ? std::string(words[place]) : "";
}

/// As one who may not open the lock finds it. Somebody else may have the number of a holder that was killed.
StoreHolder holder_told(const std::filesystem::path& folder)
{
    const FileDescriptor file(::open((folder / "skurd.holder").c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file)
        return {};
    const auto holder = read_holder(file.get());
    const bool is_there = holder.pid > 0 && holder.pid <= INT32_MAX &&
                          (::kill(static_cast<pid_t>(holder.pid), 0) == 0 || errno != ESRCH);
    const auto started = start_of(holder.pid);
    return is_there && (started.empty() || started == last_line(file.get())) ? holder : StoreHolder{};
}

} // namespace

FolderLock::FolderLock(const std::filesystem::path& folder) : path_(folder / "skurd.lock")
{
    constexpr mode_t owner_alone = 0600;
    file_ = FileDescriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, owner_alone));
    struct stat status {};
    if (!file_ || ::fstat(file_.get(), &status) != 0)
        fail(path_, "cannot be made", errno);
    if (!S_ISREG(status.st_mode) || status.st_nlink > 1)
        throw error("{}: is no file of its own: remove it", path_.string());
    if ((status.st_mode & 0777) != owner_alone && ::fchmod(file_.get(), owner_alone) != 0)
        fail(path_, "cannot be closed to others", errno);
    if (!lock(file_.get())) {
        const bool held = errno == EWOULDBLOCK;
        const auto message = held ? fmt::format("{}: {} holds the store; wait for it to end, or stop it",
                                                folder.string(), holder_text(file_.get()))
                                  : fmt::format("{}: cannot be locked: {}", path_.string(), std::strerror(errno));
        throw Error(message, held ? ExitCode::busy : ExitCode::failed);
    }
    tell(fmt::format("{}\n", ::getpid()));
}

void FolderLock::tell(const std::string& text)
{
    if (!write(file_.get(), text))
        fail(path_, "cannot be written", errno);
    const auto told = path_.parent_path() / "skurd.holder";
    const FileDescriptor file(::open(told.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!file || !write(file.get(), fmt::format("{}{}\n", text, start_of(::getpid()))))
        fail(told, "cannot be written", errno);
}

void FolderLock::tell_daemon(Time since, const std::string& configuration)
{
    tell(fmt::format("{}\n{} {} {}\n", ::getpid(), to_string(StoreHolder::Kind::daemon), format_time(since),
                     configuration));
}

StoreHolder holder_of(const std::filesystem::path& folder)
{
    const FileDescriptor file(::open((folder / "skurd.lock").c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file && errno == EACCES)
        return holder_told(folder);
    if (!file || ::flock(file.get(), LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return {}; // the share goes with the descriptor
    return read_holder(file.get());
}

} // namespace skurd

// A library for LD_PRELOAD that makes writing fail (what is written below one path, at the n-th call or while a file
// is there) and puts the wall clock ahead. README.md explains the variables of the environment it reads.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// What is to fail, as the environment says.
struct Fault {
    std::string under = variable("SKURD_FAULT_UNDER");
    std::string kind = variable("SKURD_FAULT");
    long at = std::strtol(variable("SKURD_FAULT_AT").c_str(), nullptr, 10);
    std::string lasts_while = variable("SKURD_FAULT_WHILE");
    std::string report = variable("SKURD_FAULT_REPORT");
    std::atomic<long> calls = 0;

    int code() const { return kind.starts_with("full") ? ENOSPC : EIO; }
    bool lasts() const { return kind.ends_with("lasting"); }
};

Fault& fault()
{
    static Fault the_only; // of this process; there is no other place to keep a count in
    return the_only;
}

/// One line for each call that failed. By system calls, so as not to meet ourselves.
void tell(const char* call, const char* path)
{
    const auto line = std::string(call) + ' ' + path + '\n';
    const auto file = ::syscall(SYS_open, fault().report.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::syscall(SYS_write, file, line.data(), line.size());
    ::syscall(SYS_close, file);
}

enum class Meets { nothing, the_fault, first_of_a_lasting_fault };

Meets count(const char* call, const char* path)
{
    auto& wanted = fault();
    if (wanted.under.empty() || !std::string_view(path).starts_with(wanted.under))
        return Meets::nothing;
    const auto number = ++wanted.calls;
    if (wanted.kind == "count") {
        tell(call, path);
        return Meets::nothing;
    }
    const bool on = wanted.lasts_while.empty() ? number == wanted.at || (wanted.lasts() && number > wanted.at)
                                               : ::syscall(SYS_access, wanted.lasts_while.c_str(), F_OK) == 0;
    if (!on)
        return Meets::nothing;
    tell(call, path);
    if (wanted.kind == "kill")
        static_cast<void>(::raise(SIGKILL));
    errno = wanted.code();
    return number == wanted.at && wanted.lasts() ? Meets::first_of_a_lasting_fault : Meets::the_fault;
}

Meets count(const char* call, int file)
{
    char path[4096];
    const auto link = "/proc/self/fd/" + std::to_string(file);
    const auto size = ::readlink(link.c_str(), path, sizeof path - 1);
    if (size <= 0)
        return Meets::nothing;
    path[size] = '\0';
    return count(call, path);
}

/// The function that ours stands before.
template <typename Function>
Function* next(Function*, const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name)); // NOLINT(*-reinterpret-cast): it gives no other
}

/// A disk that fills up takes part of the write that no longer fits.
std::size_t taken(Meets met, std::size_t size)
{
    return met == Meets::first_of_a_lasting_fault && fault().code() == ENOSPC ? size / 2 : 0;
}

bool makes_files(int flags)
{
    return (flags & O_CREAT) != 0;
}

} // namespace

// The names of their parameters are the library's own affair.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    static const long ahead = std::strtol(variable("SKURD_CLOCK_AHEAD").c_str(), nullptr, 10);
    const int failed = next(clock_gettime, "clock_gettime")(clock, time);
    if (failed == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += ahead;
    return failed;
}

ssize_t write(int file, const void* bytes, size_t size)
{
    const auto met = count("write", file);
    const auto fits = taken(met, size);
    return met != Meets::nothing && fits == 0 ? -1 : next(write, "write")(file, bytes, fits > 0 ? fits : size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset)
{
    const auto met = count("pwrite", file);
    const auto fits = taken(met, size);
    return met != Meets::nothing && fits == 0 ? -1
                                              : next(pwrite, "pwrite")(file, bytes, fits > 0 ? fits : size, offset);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset)
{
    return pwrite(file, bytes, size, offset);
}

int fsync(int file)
{
    return count("fsync", file) != Meets::nothing ? -1 : next(fsync, "fsync")(file);
}

int fdatasync(int file)
{
    return count("fdatasync", file) != Meets::nothing ? -1 : next(fdatasync, "fdatasync")(file);
}

int ftruncate(int file, off_t size) noexcept
{
    return count("ftruncate", file) != Meets::nothing ? -1 : next(ftruncate, "ftruncate")(file, size);
}

int ftruncate64(int file, off64_t size) noexcept
{
    return ftruncate(file, size);
}

int fallocate(int file, int mode, off_t offset, off_t size)
{
    return count("fallocate", file) != Meets::nothing ? -1 : next(fallocate, "fallocate")(file, mode, offset, size);
}

int posix_fallocate(int file, off_t offset, off_t size)
{
    return count("fallocate", file) != Meets::nothing ? fault().code()
                                                      : next(posix_fallocate, "posix_fallocate")(file, offset, size);
}

int rename(const char* from, const char* to) noexcept
{
    return count("rename", to) != Meets::nothing ? -1 : next(rename, "rename")(from, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned int flags) noexcept
{
    return count("rename", to) != Meets::nothing
               ? -1
               : next(renameat2, "renameat2")(from_folder, from, to_folder, to, flags);
}

int mkdir(const char* path, mode_t mode) noexcept
{
    return count("mkdir", path) != Meets::nothing ? -1 : next(mkdir, "mkdir")(path, mode);
}

int open(const char* path, int flags, ...)
{
    std::va_list more;
    va_start(more, flags);
    const auto mode = makes_files(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (makes_files(flags) && ::access(path, F_OK) != 0 && count("open", path) != Meets::nothing)
        return -1;
    return next(open, "open")(path, flags, mode);
}

int open64(const char* path, int flags, ...)
{
    std::va_list more;
    va_start(more, flags);
    const auto mode = makes_files(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open(path, flags, mode);
}
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)

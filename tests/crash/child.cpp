#include "tests/crash/child.hpp"

#include "base/error.hpp"
#include "tests/support/temp_dir.hpp"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skurd::crash {

namespace {

int open_file(const std::filesystem::path& file, int flags)
{
    const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw error("{}: cannot open: {}", file.string(), std::strerror(errno));
    return descriptor;
}

} // namespace

Child::Child(const std::vector<std::string>& words, const std::filesystem::path& folder, const Environment& more)
    : folder_(folder)
{
    std::vector<std::string> texts = words;
    std::vector<char*> argv;
    for (auto& text : texts)
        argv.push_back(text.data());
    argv.push_back(nullptr);
    const int in = open_file("/dev/null", O_RDONLY);
    const int out = open_file(folder_ / "out", O_WRONLY | O_CREAT | O_TRUNC);
    const int err = open_file(folder_ / "err", O_WRONLY | O_CREAT | O_TRUNC);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(in, 0);
        ::dup2(out, 1);
        ::dup2(err, 2);
        ::setenv("NO_COLOR", "1", 1);
        ::unsetenv("SKURD_CONFIG");
        for (const auto& [name, value] : more)
            ::setenv(name.c_str(), value.c_str(), 1);
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    for (const int descriptor : {in, out, err})
        ::close(descriptor);
    if (pid_ < 0)
        throw error("cannot fork: {}", std::strerror(errno));
    descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (descriptor_ < 0)
        throw error("cannot watch process {}: {}", pid_, std::strerror(errno));
}

Child::~Child()
{
    if (!ended_)
        kill();
    ::close(descriptor_);
}

bool Child::ends_within(std::chrono::microseconds time)
{
    const timespec most{time.count() / 1'000'000, time.count() % 1'000'000 * 1000};
    pollfd wanted{descriptor_, POLLIN, 0};
    return ::ppoll(&wanted, 1, &most, nullptr) > 0;
}

int Child::kill()
{
    ::kill(pid_, SIGKILL);
    return wait();
}

int Child::wait()
{
    int status = 0;
    if (!ended_ && ::waitpid(pid_, &status, 0) == pid_)
        exit_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended_ = true;
    return exit_;
}

std::chrono::milliseconds Child::cpu() const
{
    std::ifstream in(fmt::format("/proc/{}/stat", pid_));
    std::string line;
    std::getline(in, line);
    // The fields are counted from the ')' that ends the name: proc(5), utime is the 14th and stime the 15th.
    long user = 0;
    long system = 0;
    if (std::sscanf(line.c_str() + line.rfind(')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user,
                    &system) != 2)
        throw error("process {} is gone", pid_);
    return std::chrono::milliseconds((user + system) * 1000 / ::sysconf(_SC_CLK_TCK));
}

std::string Child::out() const
{
    return test::read_file(folder_ / "out");
}

std::string Child::err() const
{
    return test::read_file(folder_ / "err");
}

} // namespace skurd::crash

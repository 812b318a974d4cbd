#include "lib/process/child_process.hpp"

#include "base/error.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <linux/close_range.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>

namespace skurd {

namespace {

constexpr rlim_t processes_max = 1024;
constexpr rlim_t descriptors_max = 256;
constexpr std::chrono::seconds cpu_grace{5}; ///< from SIGXCPU to SIGKILL

struct Pipe {
    FileDescriptor read;
    FileDescriptor write;
};

Pipe make_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw error("cannot be started: no pipe: {}", std::generic_category().message(errno));
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

/// A file without a name that holds what a child reads: a child that reads nothing keeps nobody waiting.
FileDescriptor input_of(const std::string& bytes)
{
    FileDescriptor in(bytes.empty() ? ::open("/dev/null", O_RDONLY | O_CLOEXEC)
                                    : ::memfd_create("skurd-input", MFD_CLOEXEC));
    std::string_view rest = bytes;
    while (in && !rest.empty()) {
        const auto size = ::write(in.get(), rest.data(), rest.size());
        if (size < 0 && errno != EINTR)
            break;
        rest.remove_prefix(size < 0 ? 0 : static_cast<std::size_t>(size));
    }
    if (!in || !rest.empty() || ::lseek(in.get(), 0, SEEK_SET) != 0)
        throw error("cannot be started: no room for its input: {}", std::generic_category().message(errno));
    return in;
}

/// What the child says when it cannot become the program.
struct SetupFailure {
    int code;
    std::array<char, 20> step;
};

constexpr int kill_all_signal = SIGUSR1; ///< to the keeper: from us, or since the thread that made it has ended

/// What the keeper does: it waits, passes SIGTERM on to the program's group, and once the program has ended, or it is
/// told to, kills all that is below it. Then it ends as the program did. Only async-signal-safe calls.
class Keeper {
public:
    explicit Keeper(pid_t program) noexcept : program_(program)
    {
        ::sigemptyset(&awaited_);
        for (const int number : {SIGCHLD, SIGTERM, kill_all_signal})
            ::sigaddset(&awaited_, number);
    }

    [[noreturn]] void run() noexcept
    {
        while (!has_ended_) {
            const int number = ::sigwaitinfo(&awaited_, nullptr);
            if (number == SIGTERM)
                ::kill(-program_, SIGTERM);
            else if (number == kill_all_signal)
                break;
            while (reap(WNOHANG)) {
            }
        }
        while (kill_children() && reap(0)) {
        }
        if (!has_ended_)
            ::waitpid(program_, &status_, 0);
        end();
    }

private:
    /// Waits for one child; false where none is left, or, with WNOHANG, none has ended.
    bool reap(int flags) noexcept
    {
        int status = 0;
        const auto ended = ::waitpid(-1, &status, flags);
        if (ended == program_) {
            has_ended_ = true;
            status_ = status;
        }
        return ended > 0 || (ended < 0 && errno == EINTR);
    }

    /// All that have no other parent; as each goes, its own children come to be ours. False where the kernel does not
    /// list them: then only the program's group is killed.
    bool kill_children() const noexcept
    {
        if (!has_ended_)
            ::kill(-program_, SIGKILL);
        const int list = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
        pid_t child = 0;
        std::array<char, 4096> bytes{};
        for (ssize_t size = 0; (size = ::read(list, bytes.data(), bytes.size())) > 0;)
            for (ssize_t i = 0; i < size; ++i)
                if (const char c = bytes.at(static_cast<std::size_t>(i)); c >= '0' && c <= '9') {
                    child = child * 10 + (c - '0');
                } else if (child > 0) {
                    ::kill(child, SIGKILL);
                    child = 0;
                }
        ::close(list);
        return list >= 0;
    }

    [[noreturn]] void end() const noexcept
    {
        if (!WIFSIGNALED(status_))
            ::_exit(WEXITSTATUS(status_));
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        sigset_t unblocked;
        ::sigemptyset(&unblocked);
        ::sigprocmask(SIG_SETMASK, &unblocked, nullptr);
        ::kill(::getpid(), WTERMSIG(status_));
        ::_exit(127);
    }

    pid_t program_;
    sigset_t awaited_{};
    bool has_ended_ = false;
    int status_ = SIGKILL; ///< of the program, once it has ended
};

/// The child between fork and exec. Other threads' locks may be held for ever here, so only async-signal-safe calls
/// are made and nothing is allocated: all is prepared before.
class ChildSetup {
public:
    ChildSetup(const ChildPlan& plan, const FileDescriptor& in, const Pipe& out, const Pipe& err, const Pipe& report)
        : plan_(plan), program_(plan.program.string()), folder_(plan.folder.string()), in_(in.get()),
          out_(out.write.get()), err_(err.write.get()), report_(report.write.get()),
          arguments_(pointers(plan.arguments)), environment_(pointers(plan.environment))
    {
    }

    /// The keeper: becomes the parent of the program, and of all that loses its own.
    [[noreturn]] void run(pid_t parent) noexcept
    {
        for (int number = 1; number < NSIG; ++number)
            static_cast<void>(::signal(number, SIG_DFL)); // SIGKILL and SIGSTOP refuse
        sigset_t all;
        ::sigfillset(&all);
        ::sigprocmask(SIG_SETMASK, &all, nullptr);
        require(::setsid() >= 0, "setsid");
        require(::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0, "subreaper");
        require(::prctl(PR_SET_PDEATHSIG, kill_all_signal) == 0, "pdeathsig");
        require(::getppid() == parent, "parent");
        const auto program = ::_Fork();
        if (program == 0)
            become_program();
        require(program > 0, "fork");
        ::close_range(0, ~0U, 0); // the ends of pipes are the program's alone
        Keeper(program).run();
    }

private:
    [[noreturn]] void become_program() noexcept
    {
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::umask(077);
        require(::setsid() >= 0, "setsid");
        set_descriptors();
        set_limits();
        require(::chdir(folder_.c_str()) == 0, "chdir");
        set_identity();
        require(::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0, "capabilities");
        require(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
        require(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "pdeathsig"); // a change of user would undo it
        ::execve(program_.c_str(), arguments_.data(), environment_.data());
        fail("exec");
    }

    static std::vector<char*> pointers(const std::vector<std::string>& texts)
    {
        std::vector<char*> found;
        found.reserve(texts.size() + 1);
        for (const auto& text : texts)
            found.push_back(const_cast<char*>(text.c_str())); // NOLINT(*-const-cast): execve's old interface
        found.push_back(nullptr);
        return found;
    }

    [[noreturn]] void fail(const char* step) const noexcept
    {
        SetupFailure failure{errno, {}};
        for (std::size_t i = 0; step[i] && i + 1 < failure.step.size(); ++i)
            failure.step[i] = step[i];
        [[maybe_unused]] const auto written = ::write(report_, &failure, sizeof(failure));
        ::_exit(127);
    }
    void require(bool good, const char* step) const noexcept
    {
        if (!good)
            fail(step);
    }

    void set_descriptors() const noexcept
    {
        require(::dup2(in_, STDIN_FILENO) >= 0 && ::dup2(out_, STDOUT_FILENO) >= 0 &&
                    ::dup2(err_, STDERR_FILENO) >= 0,
                "dup2");
        require(::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0, "close_range");
    }

    void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) const noexcept
    {
        rlimit limits{soft, hard};
        rlimit now{};
        require(::getrlimit(resource, &now) == 0, "getrlimit");
        limits.rlim_max = std::min(limits.rlim_max, now.rlim_max); // nobody but root may raise it
        limits.rlim_cur = std::min(limits.rlim_cur, limits.rlim_max);
        require(::setrlimit(resource, &limits) == 0, "setrlimit");
    }
    void set_limits() const noexcept
    {
        const auto cpu = static_cast<rlim_t>(plan_.cpu_max.count());
        if (plan_.memory_max != 0)
            limit(RLIMIT_AS, plan_.memory_max, plan_.memory_max);
        limit(RLIMIT_CPU, cpu, cpu + static_cast<rlim_t>(cpu_grace.count()));
        limit(RLIMIT_FSIZE, plan_.file_max, plan_.file_max);
        limit(RLIMIT_NOFILE, descriptors_max, descriptors_max);
        limit(RLIMIT_NPROC, processes_max, processes_max);
        limit(RLIMIT_CORE, 0, 0);
    }

    void set_identity() const noexcept
    {
        if (!plan_.identity)
            return;
        const auto [user, group] = *plan_.identity;
        // Not the C library's: those go to all threads that it knows of (nptl(7)), and after _Fork() it knows of
        // some that are not in this process, and may wait for them for ever.
        require(::syscall(SYS_setgroups, 0, nullptr) == 0, "setgroups");
        require(::syscall(SYS_setresgid, group, group, group) == 0, "setresgid");
        require(::syscall(SYS_setresuid, user, user, user) == 0, "setresuid");
    }

    const ChildPlan& plan_;
    std::string program_;
    std::string folder_;
    int in_;
    int out_;
    int err_;
    int report_;
    std::vector<char*> arguments_;
    std::vector<char*> environment_;
};

} // namespace

ChildProcess::ChildProcess(const ChildPlan& plan)
{
    const auto in = input_of(plan.input);
    auto out = make_pipe();
    auto err = make_pipe();
    auto report = make_pipe();
    ChildSetup child(plan, in, out, err, report);
    const auto parent = ::getpid();
    pid_ = ::fork(); // NOLINT(*-prefer-member-initializer): once the pipes are there
    if (pid_ == 0)
        child.run(parent);
    if (pid_ < 0)
        throw error("cannot be started: fork: {}", std::generic_category().message(errno));
    report.write = FileDescriptor();
    SetupFailure failure{};
    ssize_t size = 0;
    do // until exec closes the other end
        size = ::read(report.read.get(), &failure, sizeof(failure));
    while (size < 0 && errno == EINTR);
    ended_ = FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    if (size != 0 || !ended_) {
        const int code = size != 0 ? failure.code : errno;
        wait();
        throw error("cannot be started: {}: {}", size != 0 ? failure.step.data() : "pidfd_open",
                    std::generic_category().message(code));
    }
    out_ = std::move(out.read);
    err_ = std::move(err.read);
    for (const auto* end : {&out_, &err_})
        ::fcntl(end->get(), F_SETFL, O_NONBLOCK);
}

ChildProcess::~ChildProcess()
{
    if (pid_ > 0)
        wait();
}

void ChildProcess::ask_to_end() const
{
    ::kill(pid_, SIGTERM);
}

void ChildProcess::kill() const
{
    ::kill(pid_, kill_all_signal);
}

int ChildProcess::wait()
{
    kill();
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
}

} // namespace skurd

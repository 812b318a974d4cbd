#include "fetch/program_fetcher.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/web_page.hpp"
#include "lib/process/child_process.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <poll.h>
#include <pwd.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;
using std::chrono::seconds;

namespace {

constexpr seconds grace{2}; ///< from SIGTERM to SIGKILL
constexpr std::size_t error_bytes_max = 4096;
constexpr std::size_t error_shown_max = 300;
constexpr std::size_t leftover_reads = 16;

std::string program_failure(int code)
{
    return std::generic_category().message(code);
}

struct stat status_of(const fs::path& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        throw error("cannot be looked at: {}", program_failure(errno));
    return status;
}

void check_folders(fs::path folder)
{
    for (;; folder = folder.parent_path()) {
        const auto mode = status_of(folder).st_mode;
        if ((mode & S_IWOTH) != 0 && (mode & S_ISVTX) == 0)
            throw error("lies in {}, which everybody may write; chmod o-w it", folder.string());
        if (folder == folder.root_path())
            return;
    }
}

/// Nobody but root and we may decide what is run. Returns the file itself, behind any links.
fs::path checked_program(const fs::path& program)
{
    if (!program.is_absolute())
        throw error("is not an absolute path");
    std::error_code failure;
    auto file = fs::canonical(program, failure);
    if (failure)
        throw error("cannot be looked at: {}", failure.message());
    check_folders(program.parent_path());
    check_folders(file.parent_path());
    const auto status = status_of(file);
    if (!S_ISREG(status.st_mode) || (status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0)
        throw error("is not an executable file");
    if (status.st_uid != 0 && status.st_uid != ::geteuid())
        throw error("belongs to another user than root or skurd's");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        throw error("may be written by others than its owner; chmod go-w it");
    return file;
}

/// Whom a child of root is to be.
std::optional<Identity> identity_of(const std::string& user)
{
    if (::geteuid() != 0)
        return std::nullopt;
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (::getpwnam_r(user.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        throw error("is not run: there is no user '{}' ([fetch] exec_user)", user);
    if (entry.pw_uid == 0 || entry.pw_gid == 0)
        throw error("is not run as root; name another user in [fetch] exec_user");
    return Identity{entry.pw_uid, entry.pw_gid};
}

/// A new empty folder for the child, removed with the object.
class WorkingFolder {
public:
    explicit WorkingFolder(const std::optional<Identity>& identity)
    {
        auto name = (fs::temp_directory_path() / "skurd-exec-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw error("cannot be started: {}: {}", name, program_failure(errno));
        path_ = name;
        if (identity && ::chown(path_.c_str(), identity->user, identity->group) != 0)
            throw error("cannot be started: {}: {}", name, program_failure(errno));
    }
    ~WorkingFolder()
    {
        std::error_code failure;
        fs::remove_all(path_, failure);
        if (failure)
            spdlog::warn("{}: cannot be removed: {}", path_.string(), failure.message());
    }
    WorkingFolder(const WorkingFolder&) = delete;
    WorkingFolder& operator=(const WorkingFolder&) = delete;

    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// A child and what it prints, up to its end.
class ChildWatcher {
public:
    ChildWatcher(ChildProcess& child, const Request& request, std::stop_token stop)
        : child_(child), request_(request), timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)),
          stopped_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), on_stop_(std::move(stop), Notify{stopped_.get()})
    {
        if (!timer_ || !stopped_)
            throw error("cannot be watched: {}", program_failure(errno));
        set_timer(request.time_max);
    }

    /// What it printed. Throws Error for every other end than a good one.
    std::string run()
    {
        while (!has_ended()) {
        }
        const int status = child_.wait();
        // What a pipe holds; one that left the group may still be writing.
        for (std::size_t i = 0; i < leftover_reads && trouble_.empty() && read_output(); ++i) {
        }
        for (std::size_t i = 0; i < leftover_reads && read_errors(); ++i) {
        }
        if (!trouble_.empty())
            throw Error(trouble_);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            throw Error(describe(status));
        return std::move(out_);
    }

private:
    struct Notify {
        int descriptor;
        void operator()() const noexcept { ::eventfd_write(descriptor, 1); }
    };

    void set_timer(seconds time)
    {
        itimerspec once{};
        once.it_value.tv_sec = std::max<seconds>(time, seconds(1)).count();
        ::timerfd_settime(timer_.get(), 0, &once, nullptr);
    }

    /// Waits until something happens; true when the child has ended.
    bool has_ended()
    {
        std::array<pollfd, 5> all{};
        const bool ending = !trouble_.empty();
        all[0] = {ending || out_closed_ ? -1 : child_.out().get(), POLLIN, 0};
        all[1] = {err_closed_ ? -1 : child_.err().get(), POLLIN, 0};
        all[2] = {child_.ended().get(), POLLIN, 0};
        all[3] = {timer_.get(), POLLIN, 0};
        all[4] = {ending ? -1 : stopped_.get(), POLLIN, 0};
        if (::poll(all.data(), all.size(), -1) < 0)
            return false; // a signal came between
        if (all[2].revents != 0)
            return true;
        if (all[0].revents != 0)
            read_output();
        if (all[1].revents != 0)
            read_errors();
        if (all[4].revents != 0)
            end("stopped");
        if (all[3].revents != 0)
            time_is_over();
        return false;
    }

    void time_is_over()
    {
        if (trouble_.empty())
            return end(
                fmt::format("was ended after {} s, its time limit ([source] timeout)", request_.time_max.count()));
        child_.kill();
        set_timer(grace);
    }

    /// Asks the child to end, for a reason.
    void end(std::string trouble)
    {
        trouble_ = std::move(trouble);
        child_.ask_to_end();
        set_timer(grace);
    }

    /// One portion of each; whether there was any. (Never all there is: that may be without end.)
    bool read_output()
    {
        const auto bytes = read_some(child_.out(), out_closed_);
        if (bytes.size() > request_.output_max - out_.size())
            end(fmt::format("printed more than {} bytes ([source] output_mib)", request_.output_max));
        else
            out_ += bytes;
        return !bytes.empty();
    }
    bool read_errors()
    {
        const auto bytes = read_some(child_.err(), err_closed_);
        errors_ += bytes;
        if (errors_.size() > error_bytes_max)
            errors_.erase(0, errors_.size() - error_bytes_max);
        return !bytes.empty();
    }

    std::string_view read_some(const FileDescriptor& from, bool& closed)
    {
        const auto size = ::read(from.get(), buffer_.data(), buffer_.size());
        closed = size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
        return {buffer_.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
    }

    std::string describe(int status) const
    {
        auto text = WIFEXITED(status) ? fmt::format("ended with code {}", WEXITSTATUS(status))
                    : WTERMSIG(status) == SIGXCPU
                        ? fmt::format("used more than {} s of processor time", request_.time_max.count())
                        : fmt::format("was ended by SIG{}", ::sigabbrev_np(WTERMSIG(status)));
        const auto errors = trim(errors_);
        if (!errors.empty())
            text += fmt::format(": {}", excerpt(errors.substr(errors.rfind('\n') + 1), error_shown_max));
        return text;
    }

    ChildProcess& child_;
    const Request& request_;
    FileDescriptor timer_;
    FileDescriptor stopped_;
    std::stop_callback<Notify> on_stop_;
    std::string out_;
    std::string errors_; ///< their end
    std::array<char, 1 << 16> buffer_{};
    std::string trouble_;
    bool out_closed_ = false;
    bool err_closed_ = false;
};

std::string run(const Request& request, const std::string& user, std::stop_token stop)
{
    if (stop.stop_requested())
        throw error("stopped");
    ChildPlan plan;
    plan.program = checked_program(request.arguments.front());
    plan.arguments = request.arguments;
    plan.input = request.body;
    plan.identity = identity_of(user);
    const WorkingFolder working_folder(plan.identity);
    plan.folder = working_folder.path();
    plan.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/nonexistent",
                        "TMPDIR=" + plan.folder.string()};
    plan.memory_max = request.memory_max;
    plan.file_max = request.output_max;
    plan.cpu_max = request.time_max;
    ChildProcess child(plan);
    return ChildWatcher(child, request, std::move(stop)).run();
}

} // namespace

std::string run_program(const Request& request, const std::string& user, std::stop_token stop)
{
    assert(request.kind == Request::Kind::program && !request.arguments.empty());
    try {
        return run(request, user, std::move(stop));
    } catch (const Error& failure) {
        throw error("{}: {}", request.arguments.front(), failure.what());
    }
}

ProgramFetcher::ProgramFetcher(const Clock& clock, std::string user) : clock_(&clock), user_(std::move(user)) {}

std::optional<Response> ProgramFetcher::fetch(const Request& request, std::stop_token stop)
{
    Response response;
    response.body = run_program(request, user_, std::move(stop));
    response.url = request.arguments.front();
    response.received_at = clock_->now();
    if (trim(response.body).empty())
        throw error("{}: printed nothing", response.url);
    if (is_web_page(response.body))
        throw error("{}: printed a web page", response.url);
    return response;
}

} // namespace skurd

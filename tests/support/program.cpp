#include "tests/support/program.hpp"

#include "tests/support/json_schema.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace skurd::test {

namespace {

/// Where the store of that command line is; "" = in the state folder.
std::string store_url(const std::filesystem::path& state, const std::vector<std::string>& arguments)
{
    const auto named = std::find(arguments.begin(), arguments.end(), "--state");
    return store_of(named == arguments.end() ? state : state.parent_path() / *std::next(named)).url;
}

/// Starts the program with its three descriptors; they stay open in the caller.
pid_t start(const std::filesystem::path& state, const std::vector<std::string>& arguments, int in, int out, int err,
            const Environment& environment = {})
{
    std::vector<std::string> words = {SKURD_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (auto& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    const auto folder = state.parent_path().string();
    const auto url = store_url(state, arguments);
    const auto pid = ::fork();
    if (pid < 0)
        throw std::runtime_error("fork failed");
    if (pid == 0) {
        ::dup2(in, 0);
        ::dup2(out, 1);
        ::dup2(err, 2);
        ::setenv("SKURD_STATE", state.c_str(), 1);
        ::setenv("NO_COLOR", "1", 1);
        ::setenv("LC_ALL", "C", 1);
        ::unsetenv("SKURD_CONFIG");
        ::unsetenv("COLUMNS");
        ::setenv("SKURD_STORE_URL", url.c_str(), 1);
        for (const auto& [name, value] : environment)
            ::setenv(name.c_str(), value.c_str(), 1);
        if (::chdir(folder.c_str()) == 0)
            ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    return pid;
}

int wait_for_exit(pid_t pid)
{
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int open_file(const std::filesystem::path& file, int flags)
{
    const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw std::runtime_error("cannot open " + file.string());
    return descriptor;
}

} // namespace

Ended skurd(const std::filesystem::path& state, const std::vector<std::string>& arguments, const std::string& input,
            const Environment& environment)
{
    const TempDir folder;
    write_file(folder / "in", input);
    const int in = open_file(folder / "in", O_RDONLY);
    const int out = open_file(folder / "out", O_WRONLY | O_CREAT);
    const int err = open_file(folder / "err", O_WRONLY | O_CREAT);
    const auto pid = start(state, arguments, in, out, err, environment);
    for (const int descriptor : {in, out, err})
        ::close(descriptor);
    Ended ended;
    ended.exit = wait_for_exit(pid);
    ended.out = read_file(folder / "out");
    ended.err = read_file(folder / "err");
    const bool answers_json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    if (answers_json && !ended.out.empty())
        check_answer(arguments, ended.out);
    return ended;
}

Running::Running(const std::filesystem::path& state, const std::vector<std::string>& arguments)
{
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0)
        throw std::runtime_error("pipe failed");
    const int nothing = open_file("/dev/null", O_RDWR);
    pid_ = start(state, arguments, nothing, nothing, pipe[1]);
    ::close(pipe[1]);
    ::close(nothing);
    err_ = pipe[0];
}

Running::~Running()
{
    if (!ended_) {
        ::kill(pid_, SIGKILL);
        wait_for_exit(pid_);
    }
    ::close(err_);
}

bool Running::wait_for(const std::string& text)
{
    char piece[4096];
    while (seen_.find(text) == std::string::npos) {
        const auto got = ::read(err_, piece, sizeof piece);
        if (got <= 0)
            return false;
        seen_.append(piece, static_cast<std::size_t>(got));
    }
    return true;
}

void Running::signal(int number) // NOLINT(readability-make-member-function-const): the program sees it
{
    ::kill(pid_, number);
}

int Running::wait()
{
    ended_ = true;
    return wait_for_exit(pid_);
}

} // namespace skurd::test

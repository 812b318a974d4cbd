#include "tests/bench/process.hpp"

#include "base/error.hpp"

#include <array>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skurd::bench {

namespace {

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

pid_t start(const std::vector<std::string>& command, int out)
{
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const auto& word : command)
        arguments.push_back(const_cast<char*>(word.c_str())); // NOLINT(*-const-cast): the old interface
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    pid_t child = -1;
    const int failure = posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure == 0 ? child : -1;
}

std::string read_all(int from)
{
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = read(from, buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(count));
    return text;
}

} // namespace

Ended run(const std::vector<std::string>& command)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw error("no pipe to run {} with", command.front());
    const auto begun = std::chrono::steady_clock::now();
    const auto child = start(command, ends[1]);
    close(ends[1]);
    Ended ended;
    ended.exit = 127;
    if (child > 0) {
        ended.out = read_all(ends[0]);
        int status = 0;
        rusage usage{};
        wait4(child, &status, 0, &usage);
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
        ended.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        ended.cost = {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime)};
    }
    close(ends[0]);
    return ended;
}

double peak_memory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stod(line.substr(line.find(':') + 1)) * 1024;
    throw error("/proc/self/status has no VmHWM: is /proc mounted?");
}

double bytes_written()
{
    std::ifstream io("/proc/self/io");
    for (std::string line; std::getline(io, line);)
        if (line.starts_with("wchar:"))
            return std::stod(line.substr(line.find(':') + 1));
    throw error("/proc/self/io has no wchar: is /proc mounted?");
}

} // namespace skurd::bench

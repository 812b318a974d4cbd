#include "lib/systemd/passed_sockets.hpp"

#include "tests/support/catch.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <string>

using namespace skurd;

namespace {

/// What a process of its own, with two sockets from descriptor 3 on, ends with.
int in_child(const std::function<int()>& work, const std::string& pid = "")
{
    const auto child = ::fork();
    if (child == 0) {
        int pair[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
            ::_exit(100);
        const int first = ::fcntl(pair[0], F_DUPFD, 10);
        const int second = ::fcntl(pair[1], F_DUPFD, 10);
        ::dup2(first, 3);
        ::dup2(second, 4);
        ::setenv("LISTEN_FDS", "2", 1);
        ::setenv("LISTEN_PID", pid.empty() ? std::to_string(::getpid()).c_str() : pid.c_str(), 1);
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

TEST_CASE("sockets that the service manager passes on are had once, and no child inherits them", "[lib]")
{
    CHECK(in_child([] {
              const auto sockets = passed_sockets();
              const bool is_whole = sockets.size() == 2 && sockets[0].get() == 3 && sockets[1].get() == 4;
              const bool is_set =
                  is_whole && (::fcntl(3, F_GETFD) & FD_CLOEXEC) != 0 && (::fcntl(4, F_GETFL) & O_NONBLOCK) != 0;
              return is_set && passed_sockets().empty() && !std::getenv("LISTEN_FDS") ? 0 : 1;
          }) == 0);
}

TEST_CASE("sockets that were passed to another process are none of ours", "[lib]")
{
    CHECK(passed_sockets().empty());
    CHECK(in_child([] { return passed_sockets().empty() ? 0 : 1; }, "1") == 0);
}

#include "lib/systemd/passed_sockets.hpp"

#include "base/text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace skurd {

namespace {

constexpr int first_passed = 3; ///< SD_LISTEN_FDS_START
constexpr std::int64_t passed_max = 64;

std::int64_t number_of(const char* name)
{
    const char* value = std::getenv(name);
    return positive_number(value ? value : "").value_or(0);
}

} // namespace

std::vector<FileDescriptor> passed_sockets()
{
    const bool is_ours = number_of("LISTEN_PID") == ::getpid();
    const auto count = is_ours ? std::min(number_of("LISTEN_FDS"), passed_max) : 0;
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        ::unsetenv(name);
    std::vector<FileDescriptor> sockets;
    for (int i = 0; i < count; ++i) {
        FileDescriptor socket(first_passed + i);
        ::fcntl(socket.get(), F_SETFD, FD_CLOEXEC);
        ::fcntl(socket.get(), F_SETFL, O_NONBLOCK);
        sockets.push_back(std::move(socket));
    }
    return sockets;
}

} // namespace skurd

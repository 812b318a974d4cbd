#include "lib/systemd/notify.hpp"

#include "base/file_descriptor.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

namespace skurd {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

void notify_manager(std::string_view state)
{
    const auto name = variable("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.empty() || (name.front() != '/' && name.front() != '@') || name.size() >= sizeof address.sun_path)
        return;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.front() == '@') // an abstract name
        address.sun_path[0] = '\0';
    const FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
             static_cast<const sockaddr*>(static_cast<const void*>(&address)), size);
}

void notify_reloading()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    notify_manager(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1'000'000 + now.tv_nsec / 1000));
}

std::optional<std::chrono::milliseconds> watchdog_interval()
{
    const auto text = variable("WATCHDOG_USEC");
    const auto process = variable("WATCHDOG_PID");
    if (!process.empty() && process != std::to_string(::getpid()))
        return std::nullopt;
    long long microseconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), microseconds);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || microseconds < 1000)
        return std::nullopt;
    return std::chrono::milliseconds(microseconds / 1000);
}

} // namespace skurd

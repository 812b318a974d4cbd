#include "serve/connection.hpp"

#include "base/error.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace skurd {

namespace {

/// For poll(2), rounded up so that the wait does not end just before the deadline; -1 = for ever.
int milliseconds_until(const Connection::Deadline& deadline)
{
    if (!deadline)
        return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<decltype(left)>(left, 0, 1'000'000));
}

bool would_wait()
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

} // namespace

std::string system_message()
{
    return std::generic_category().message(errno);
}

void Connection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (would_wait())
            wait_for(POLLOUT, -1);
        else if (errno != EINTR)
            throw error("the other side of the control socket is gone: {}", system_message());
    }
}

std::string Connection::read_line(std::size_t size_max)
{
    std::size_t searched = 0;
    for (;;) {
        const auto end = buffer_.find('\n', searched);
        if (std::min(end, buffer_.size()) > size_max)
            throw error("a line on the control socket is longer than {} bytes", size_max);
        if (end != std::string::npos) {
            auto line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return line;
        }
        searched = buffer_.size();
        fill();
    }
}

std::string Connection::read_bytes(std::size_t size)
{
    while (buffer_.size() < size)
        fill();
    auto bytes = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return bytes;
}

void Connection::fill()
{
    char piece[65536];
    for (;;) {
        wait_for(POLLIN, wake_);
        const auto got = ::recv(socket_.get(), piece, sizeof piece, MSG_DONTWAIT);
        if (got > 0) {
            buffer_.append(piece, static_cast<std::size_t>(got));
            return;
        }
        if (got == 0)
            throw error("the other side of the control socket closed it");
        if (!would_wait() && errno != EINTR)
            throw error("the other side of the control socket is gone: {}", system_message());
    }
}

void Connection::wait_for(short event, int wake)
{
    for (;;) {
        pollfd wanted[] = {{socket_.get(), event, 0}, {wake, POLLIN, 0}};
        const int ready = ::poll(wanted, 2, milliseconds_until(deadline_));
        if (ready < 0 && errno != EINTR)
            throw error("the control socket cannot be waited for: {}", system_message());
        if (ready > 0 && wanted[1].revents != 0)
            throw error("the daemon is stopping; give the command again once it has");
        if (deadline_ && std::chrono::steady_clock::now() >= *deadline_)
            throw error("the other side of the control socket is too slow");
        if (ready > 0)
            return;
    }
}

} // namespace skurd

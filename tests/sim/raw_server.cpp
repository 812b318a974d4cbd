#include "tests/sim/raw_server.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace skurd::sim {

namespace {

constexpr std::size_t request_max = 16 << 20;

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// The bytes of the body that a head announces.
std::size_t announced(const std::string& head)
{
    const auto lines = to_lower(head);
    const auto at = lines.find("\r\ncontent-length:");
    if (at == std::string::npos)
        return 0;
    const auto end = lines.find("\r\n", at + 2);
    const std::string number(trim(std::string_view(lines).substr(at + 17, end - at - 17)));
    return all_digits(number) && number.size() < 9 ? std::stoul(number) : 0;
}

} // namespace

Signal::Signal() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (fd_ < 0)
        throw error("no event descriptor can be had: {}", std::generic_category().message(errno));
}

Signal::~Signal()
{
    ::close(fd_);
}

void Signal::set() // NOLINT(readability-make-member-function-const): it changes the event
{
    ::eventfd_write(fd_, 1);
}

void Signal::clear() // NOLINT(readability-make-member-function-const): it changes the event
{
    eventfd_t ignored = 0;
    ::eventfd_read(fd_, &ignored);
}

Wire::~Wire()
{
    ::close(fd_);
}

void Wire::reset() // NOLINT(readability-make-member-function-const): it changes the connection
{
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

bool Wire::wait_readable() const
{
    for (;;) {
        pollfd both[] = {{fd_, POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
        if (::poll(both, 2, -1) < 0 && errno != EINTR)
            return false;
        if (both[1].revents != 0)
            return false;
        if (both[0].revents != 0)
            return true;
    }
}

bool Wire::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        pollfd both[] = {{fd_, POLLOUT, 0}, {stop_.fd(), POLLIN, 0}};
        if (::poll(both, 2, -1) < 0 && errno != EINTR)
            return false;
        if (both[1].revents != 0)
            return false;
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        bytes.remove_prefix(sent < 0 ? 0 : static_cast<std::size_t>(sent));
    }
    return true;
}

bool Wire::hold(std::chrono::milliseconds time)
{
    pollfd all[] = {{fd_, POLLIN | POLLRDHUP, 0}, {stop_.fd(), POLLIN, 0}, {release_.fd(), POLLIN, 0}};
    const auto count = ::poll(all, 3, static_cast<int>(time.count()));
    return count == 0 || (all[0].revents == 0 && all[1].revents == 0);
}

std::optional<RawRequest> Wire::read_request()
{
    std::string bytes;
    std::size_t whole = std::string::npos; // known once the head is there
    std::size_t head = 0;
    while (bytes.size() < whole) {
        pollfd both[] = {{fd_, POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
        if (::poll(both, 2, -1) < 0 || both[1].revents != 0)
            return std::nullopt;
        char buffer[4096];
        const auto got = ::recv(fd_, buffer, sizeof buffer, 0);
        if (got <= 0 || bytes.size() > request_max)
            return std::nullopt;
        bytes.append(buffer, static_cast<std::size_t>(got));
        if (const auto end = bytes.find("\r\n\r\n"); whole == std::string::npos && end != std::string::npos) {
            head = end + 2;
            whole = end + 4 + announced(bytes.substr(0, head));
            if (to_lower(bytes.substr(0, head)).find("\r\nexpect: 100-continue") != std::string::npos)
                send("HTTP/1.1 100 Continue\r\n\r\n");
        }
    }
    const auto words = split(std::string_view(bytes).substr(0, bytes.find("\r\n")), ' ');
    if (words.size() != 3)
        return std::nullopt;
    return RawRequest{std::string(words[0]), std::string(words[1]), bytes.substr(0, head), bytes.substr(head + 2)};
}

RawServer::RawServer(int port, Serve serve)
    : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    auto address = loopback(port);
    socklen_t size = sizeof address;
    auto* const generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    const bool listens = ::bind(listener_, generic, size) == 0 && ::listen(listener_, 64) == 0 &&
                         ::getsockname(listener_, generic, &size) == 0;
    if (!listens) {
        ::close(listener_);
        throw error("port {} on 127.0.0.1 cannot be had: choose another, or 0 for any", port);
    }
    port_ = ntohs(address.sin_port);
    accepting_ = std::jthread([this] { accept_all(); });
}

RawServer::~RawServer()
{
    stop_.set();
    accepting_.join();
    connections_.clear();
    ::close(listener_);
}

void RawServer::release()
{
    release_.set();
}

void RawServer::hold()
{
    release_.clear();
}

void RawServer::accept_all()
{
    for (;;) {
        pollfd both[] = {{listener_, POLLIN, 0}, {stop_.fd(), POLLIN, 0}};
        if (::poll(both, 2, -1) < 0 && errno != EINTR)
            return;
        if (both[1].revents != 0)
            return;
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        const int yes = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        connections_.emplace_back([this, fd] {
            Wire wire(fd, stop_, release_);
            serve_(wire);
        });
    }
}

std::string exchange_with(int port, std::string_view bytes, std::size_t most)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(port);
    std::string answer;
    if (::connect(fd, static_cast<sockaddr*>(static_cast<void*>(&address)), sizeof address) == 0 &&
        ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size())) {
        char buffer[65536];
        for (ssize_t got = 0; answer.size() <= most && (got = ::recv(fd, buffer, sizeof buffer, 0)) > 0;)
            answer.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(fd);
    return answer;
}

} // namespace skurd::sim

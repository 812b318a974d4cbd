#include "serve/tcp_listener.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace skurd {

namespace {

constexpr int tcp_backlog = 1024;

/// An address as the system takes it.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;

    sockaddr* generic() { return static_cast<sockaddr*>(static_cast<void*>(&storage)); }
};

std::optional<SocketAddress> socket_address(const TcpAddress& address)
{
    SocketAddress found;
    auto* four = static_cast<sockaddr_in*>(static_cast<void*>(&found.storage));
    if (::inet_pton(AF_INET, address.host.c_str(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(address.port);
        found.size = sizeof *four;
        return found;
    }
    auto* six = static_cast<sockaddr_in6*>(static_cast<void*>(&found.storage));
    if (::inet_pton(AF_INET6, address.host.c_str(), &six->sin6_addr) != 1)
        return std::nullopt;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(address.port);
    found.size = sizeof *six;
    return found;
}

/// Where a socket is bound; nothing where that is no address of TCP.
std::optional<TcpAddress> address_of(int socket)
{
    SocketAddress found;
    found.size = sizeof found.storage;
    if (::getsockname(socket, found.generic(), &found.size) != 0)
        return std::nullopt;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (found.storage.ss_family == AF_INET) {
        const auto* four = static_cast<const sockaddr_in*>(static_cast<const void*>(&found.storage));
        ::inet_ntop(AF_INET, &four->sin_addr, text.data(), text.size());
        return TcpAddress{text.data(), ntohs(four->sin_port)};
    }
    if (found.storage.ss_family != AF_INET6)
        return std::nullopt;
    const auto* six = static_cast<const sockaddr_in6*>(static_cast<const void*>(&found.storage));
    ::inet_ntop(AF_INET6, &six->sin6_addr, text.data(), text.size());
    return TcpAddress{text.data(), ntohs(six->sin6_port)};
}

[[noreturn]] void throw_cannot_listen(const TcpAddress& address, int failure)
{
    if (failure == EADDRNOTAVAIL || failure == EAFNOSUPPORT)
        throw NoSuchAddressError(
            fmt::format("{} is no address of this machine, or not yet ([serve] listen)", to_text(address)));
    if (failure == EADDRINUSE)
        throw error("{} is taken: another program, or another skurd, listens there ([serve] listen)",
                    to_text(address));
    throw error("{}: cannot listen: {} ([serve] listen)", to_text(address), std::strerror(failure));
}

} // namespace

std::optional<TcpAddress> parse_tcp_address(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    auto host = text.substr(0, colon);
    const auto port = text.substr(colon + 1);
    const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
    if (is_bracketed != (host.find(':') != std::string_view::npos))
        return std::nullopt;
    if (is_bracketed)
        host = host.substr(1, host.size() - 2);
    TcpAddress address{std::string(host), 0};
    const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (read.ec != std::errc() || read.ptr != port.data() + port.size() || !socket_address(address))
        return std::nullopt;
    return address;
}

std::string to_text(const TcpAddress& address)
{
    const bool is_six = address.host.find(':') != std::string::npos;
    return is_six ? fmt::format("[{}]:{}", address.host, address.port)
                  : fmt::format("{}:{}", address.host, address.port);
}

TcpListener::TcpListener(const TcpAddress& address) : address_(address)
{
    auto where = socket_address(address);
    if (!where)
        throw error("{} is no address", address.host);
    const int family = where->storage.ss_family;
    socket_ = FileDescriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket_)
        throw_cannot_listen(address, errno);
    const int on = 1;
    // What a daemon that ended lately left closing is no reason not to begin; who listens there is one all the same.
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        ::setsockopt(socket_.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::bind(socket_.get(), where->generic(), where->size) != 0 || ::listen(socket_.get(), tcp_backlog) != 0)
        throw_cannot_listen(address, errno);
    address_ = address_of(socket_.get()).value_or(address);
}

TcpListener::TcpListener(FileDescriptor listening) : socket_(std::move(listening))
{
    const auto address = address_of(socket_.get());
    if (!address)
        throw error("a socket that was passed on is none of TCP");
    address_ = *address;
}

} // namespace skurd

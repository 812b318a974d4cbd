#pragma once

#include "base/error.hpp"
#include "base/file_descriptor.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Where a TCP socket listens.
struct TcpAddress {
    std::string host; ///< an address in numbers: "127.0.0.1", "::1"; no name, which may mean another one tomorrow
    std::uint16_t port = 0; ///< 0 = any that is free

    bool operator==(const TcpAddress&) const = default;
};

/// "127.0.0.1:7587" or "[::1]:7587"; nothing for any other text.
std::optional<TcpAddress> parse_tcp_address(std::string_view text);
std::string to_text(const TcpAddress& address);

/// The machine has no such address, or no address of its kind.
class NoSuchAddressError : public Error {
public:
    using Error::Error;
};

/// A TCP socket that listens. One of IPv6 does not take IPv4 too.
class TcpListener {
public:
    /// Throws Error that names the address and says why it cannot be had; NoSuchAddressError.
    explicit TcpListener(const TcpAddress& address);
    /// One that somebody else has made; it does not block. Throws Error where it is none of TCP.
    explicit TcpListener(FileDescriptor listening);

    int descriptor() const { return socket_.get(); }       ///< does not block
    const TcpAddress& address() const { return address_; } ///< with the port that it has

private:
    TcpAddress address_;
    FileDescriptor socket_;
};

} // namespace skurd

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace skurd::sim {

/// An event that other threads wait for together with a socket; it stays set until it is cleared.
class Signal {
public:
    Signal();
    ~Signal();
    Signal(const Signal&) = delete;
    Signal& operator=(const Signal&) = delete;

    void set();
    void clear();
    int fd() const { return fd_; } ///< readable while it is set

private:
    int fd_;
};

struct RawRequest {
    std::string method;
    std::string target;
    std::string head; ///< all lines with their ends, the empty one left out
    std::string body;
};

/// One accepted connection, with nothing between it and whoever writes to it. For the thread that serves it.
class Wire {
public:
    Wire(int fd, const Signal& stop, const Signal& release) : fd_(fd), stop_(stop), release_(release) {}
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    std::optional<RawRequest> read_request(); ///< nothing when the client closed, sent rubbish, or the server ends
    bool send(std::string_view bytes);        ///< false once the client is gone, or the server ends
    /// Waits until the time is over; false when the client closed or the server ends before that. A release ends the
    /// wait early. Negative = no end.
    bool hold(std::chrono::milliseconds time);
    void reset(); ///< the connection ends with RST instead of FIN

    int fd() const { return fd_; } ///< for who speaks no HTTP
    bool wait_readable() const;    ///< until there is something to read; false when the server ends before

private:
    int fd_;
    const Signal& stop_;
    const Signal& release_;
};

/// A bare TCP server on 127.0.0.1: each connection is one call of `serve` in a thread of its own and closed after it.
/// From construction to destruction, which ends all connections at once.
class RawServer {
public:
    using Serve = std::function<void(Wire&)>;

    /// Port 0 = any free one. Throws Error when the port is taken.
    RawServer(int port, Serve serve);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    int port() const { return port_; }
    void release(); ///< whatever holds goes on, and nothing holds any more
    void hold();    ///< takes that back

private:
    void accept_all();

    Serve serve_;
    Signal stop_;
    Signal release_;
    int listener_ = -1;
    int port_ = 0;
    std::vector<std::jthread> connections_; ///< only the accepting thread adds to it
    std::jthread accepting_;
};

/// Sends the bytes to 127.0.0.1:port and gives what comes back until the other side closes, or there is more than
/// `most` of it; "" when it cannot be reached.
std::string exchange_with(int port, std::string_view bytes, std::size_t most = SIZE_MAX);

} // namespace skurd::sim

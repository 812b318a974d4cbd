#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace skurd::test {

/// One connection to a RawServer, after its request was read.
class RawConnection {
public:
    RawConnection(int fd, std::string request) : fd_(fd), request_(std::move(request)) {}

    const std::string& request() const { return request_; } ///< head, as it came
    int descriptor() const { return fd_; }

    bool send(std::string_view bytes); ///< false when the other side has gone
    /// Until the other side goes; false when it has, true when so many milliseconds passed.
    bool still_there_after(int milliseconds);

private:
    int fd_;
    std::string request_;
};

/// A server on every loopback address that sends whatever bytes it is told to, for answers no honest server gives.
/// One connection for each request; from construction to destruction.
class RawServer {
public:
    using Answer = std::function<void(RawConnection&)>;

    /// `answer` is called from a thread of the connection's own, with the request read unless `reads` is false.
    explicit RawServer(Answer answer, bool reads = true);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    int port() const;
    std::string url(const std::string& host = "127.0.0.1", const std::string& path = "/") const; ///< http
    std::vector<std::string> requests() const;                                                   ///< their heads

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A whole answer: status line, these header lines, Content-Length, body.
std::string raw_answer(const std::string& body, const std::vector<std::string>& headers = {}, int status = 200);

} // namespace skurd::test

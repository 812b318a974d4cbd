#pragma once

#include "base/file_descriptor.hpp"
#include "lib/microhttpd/http_daemon.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <poll.h>
#include <thread>
#include <vector>

namespace skurd {

/// What a server answers with, and what it does as time passes. pass_time() is called on another thread than the
/// rest.
class ServedService : public HttpService {
public:
    /// Does what is due; when to come again, nothing = when something happened.
    virtual std::optional<HttpDaemon::TimePoint> pass_time(HttpDaemon::TimePoint now) = 0;
};

struct HttpServerLimits {
    HttpDaemonLimits daemon;
    std::size_t connections = 500; ///< and at most half of the descriptors that the process may have
};

/// Serves HTTP on sockets that listen: a thread that accepts connections and keeps deadlines, and the library's
/// that answers. Where there are too many connections, one that waits for its client longest gives way to a new one;
/// while the process has no descriptor left, clients are told so.
class HttpServer {
public:
    /// Starts. The listeners do not block; they and `service` outlive the object. Throws Error.
    HttpServer(const std::vector<int>& listeners, ServedService& service, const HttpServerLimits& limits = {});
    HttpServer(int listener, ServedService& service, const HttpServerLimits& limits = {})
        : HttpServer(std::vector<int>{listener}, service, limits)
    {
    }
    ~HttpServer(); ///< streams are asked for what they have yet to say; half a second is waited for answers
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    void wake() noexcept; ///< streams may have something to say; from any thread

private:
    void run();
    void wait();
    void accept_clients(int listener);
    void refuse_client(int listener);
    void admit(int client);
    int milliseconds_to_wait();

    std::vector<pollfd> wanted_; ///< what is waited for: the listeners, and last the wake-ups
    ServedService& service_;
    const std::size_t connections_max_;
    FileDescriptor wake_;
    FileDescriptor spare_; ///< given up for a client when there is no other descriptor for it
    std::atomic<bool> is_ending_ = false;
    bool has_admitted_ = false; ///< a connection that the library may not have seen yet
    HttpDaemon daemon_;
    std::thread thread_;
};

} // namespace skurd

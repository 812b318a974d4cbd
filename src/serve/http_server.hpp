#pragma once

#include "base/file_descriptor.hpp"
#include "lib/microhttpd/http_daemon.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

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

/// Serves HTTP on a socket that listens: a thread that accepts connections and keeps deadlines, and the library's
/// that answers. Where there are too many connections, one that waits for its client longest gives way to a new one;
/// while the process has no descriptor left, clients are told so.
class HttpServer {
public:
    /// Starts. `listener` does not block; it and `service` outlive the object. Throws Error.
    HttpServer(int listener, ServedService& service, const HttpServerLimits& limits = {});
    ~HttpServer(); ///< streams are asked for what they have yet to say; half a second is waited for answers
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    void wake() noexcept; ///< streams may have something to say; from any thread

private:
    void run();
    void accept_clients();
    void refuse_client();
    void admit(int client);
    int milliseconds_to_wait();

    const int listener_;
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

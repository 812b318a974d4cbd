#pragma once

#include "lib/microhttpd/http_service.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace skurd {

struct HttpDaemonLimits {
    std::size_t bodies = 256 << 20;           ///< bytes of all requests that are being read
    std::chrono::milliseconds request{10000}; ///< from when a connection opened, or was answered, to a whole request
    std::chrono::milliseconds stuck{3000};    ///< that a stream's bytes may wait for their reader
    std::chrono::milliseconds stuck_body{9000}; ///< that those of a produced body may
    std::chrono::minutes body{10};              ///< that a produced body may take until its end
};

/// libmicrohttpd over connections that somebody else accepts: one thread with epoll serves them all, and others
/// answer what may wait (AnswerThreads). Only who produces a body waits for its client, and not for ever; deadlines
/// are this class's own, since the library's time-out counts silence alone. Its functions are for one thread, but for
/// wake_streams().
class HttpDaemon {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    static constexpr std::size_t piece_size = std::size_t(64) << 10; ///< bytes of a produced body, but for the last

    /// Starts. `service` outlives the object. Throws Error.
    explicit HttpDaemon(HttpService& service, const HttpDaemonLimits& limits = {});
    ~HttpDaemon(); ///< ends streams and connections as they are
    HttpDaemon(const HttpDaemon&) = delete;
    HttpDaemon& operator=(const HttpDaemon&) = delete;

    void add(int connection); ///< a connected socket that does not block; owned from now on
    std::size_t connections() const;
    bool is_answering() const; ///< whether a request is there whose answer has not ended
    /// Gives up the connection that has been without a whole request for the longest; false where there is none.
    bool drop_oldest_waiting();

    void wake_streams(); ///< asks all streams again; from any thread
    /// Shuts down connections whose request is late and streams whose reader does not read; when to come again.
    std::optional<TimePoint> close_late(TimePoint now);
    /// Lets no stream wait any more: each is asked until it has nothing, and ends.
    void end_streams();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace skurd

#pragma once

#include "lib/microhttpd/http_service.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace skurd {

/// A body on its way from the thread that produces it to the one that sends it: some pieces wait at most, so that
/// memory does not grow with what is sent. Each side's functions are for one thread at a time.
class ProducedBody {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// `wake` has the sender ask again; after `until` the body is cut off, whoever still reads it.
    ProducedBody(std::function<void()> wake, TimePoint until) : wake_(std::move(wake)), until_(until) {}

    // For who produces:
    void put(std::string piece); ///< waits while too many wait; throws ReaderGone
    void end();                  ///< that was all
    void cut_off();              ///< there will be no more, and the reader is to see that it was not all

    // For who sends:
    std::optional<std::string> next(); ///< as HttpStream::next(); throws Error where it was cut off
    void abandon();                    ///< nobody reads it any more

private:
    static constexpr std::size_t pieces_max = 4;
    enum class State { open, ended, cut_off, abandoned };

    const std::function<void()> wake_;
    const TimePoint until_;
    std::mutex mutex_; ///< of what follows
    std::condition_variable changed_;
    std::deque<std::string> pieces_;
    State state_ = State::open;
    bool is_awaited_ = false;

    void change(State state);
};

/// The sender's end.
class ProducedStream final : public HttpStream {
public:
    explicit ProducedStream(std::shared_ptr<ProducedBody> body) : body_(std::move(body)) {}
    ~ProducedStream() override { body_->abandon(); }
    ProducedStream(const ProducedStream&) = delete;
    ProducedStream& operator=(const ProducedStream&) = delete;

    std::optional<std::string> next() override { return body_->next(); }

private:
    std::shared_ptr<ProducedBody> body_; ///< shared with the producer: which of the two ends first is not said
};

} // namespace skurd

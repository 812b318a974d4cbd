#pragma once

#include <atomic>
#include <chrono>

namespace skurd {

/// When the daemon's loop had its turn last, by a clock that nobody sets. From any thread.
class Pulse {
public:
    using Clock = std::chrono::steady_clock;

    void beat() noexcept { last_ = Clock::now().time_since_epoch(); }
    Clock::duration since() const noexcept { return Clock::now().time_since_epoch() - last_.load(); }

private:
    std::atomic<Clock::duration> last_ = Clock::now().time_since_epoch();
};

} // namespace skurd

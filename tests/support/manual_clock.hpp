#pragma once

#include "base/clock.hpp"
#include "base/time_text.hpp"

#include <mutex>

namespace skurd::test {

/// A clock that stands still until a test, or a wait, moves it.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::string_view now) : now_(parse_time(now).value()) {}

    Time now() const override
    {
        const std::scoped_lock lock(mutex_);
        return now_;
    }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        const std::scoped_lock lock(mutex_);
        now_ += std::chrono::ceil<std::chrono::seconds>(duration);
        waited_ += duration;
        return !stop.stop_requested();
    }

    void set(std::string_view now) { set(parse_time(now).value()); }
    void set(Time now)
    {
        const std::scoped_lock lock(mutex_);
        now_ = now;
    }
    void advance(std::chrono::seconds step)
    {
        const std::scoped_lock lock(mutex_);
        now_ += step;
    }
    std::chrono::milliseconds waited() const
    {
        const std::scoped_lock lock(mutex_);
        return waited_;
    }

private:
    mutable std::mutex mutex_;
    Time now_;
    std::chrono::milliseconds waited_{0};
};

} // namespace skurd::test

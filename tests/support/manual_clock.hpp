#pragma once

#include "base/clock.hpp"
#include "base/time_text.hpp"

namespace skurd::test {

/// A clock that stands still until a test, or a wait, moves it. For one thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::string_view now) : now_(parse_time(now).value()) {}

    Time now() const override { return now_; }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        now_ += std::chrono::ceil<std::chrono::seconds>(duration);
        waited_ += duration;
        return !stop.stop_requested();
    }

    void set(std::string_view now) { now_ = parse_time(now).value(); }
    void set(Time now) { now_ = now; }
    void advance(std::chrono::seconds step) { now_ += step; }
    std::chrono::milliseconds waited() const { return waited_; }

private:
    Time now_;
    std::chrono::milliseconds waited_{0};
};

} // namespace skurd::test

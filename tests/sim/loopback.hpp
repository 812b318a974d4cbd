#pragma once

#include "fetch/fetch_settings.hpp"
#include "tests/support/manual_clock.hpp"

#include <mutex>

namespace skurd::test {

/// A ManualClock that a simulator's threads may read while a test moves it.
class SharedClock final : public Clock {
public:
    explicit SharedClock(std::string_view now) : clock_(now) {}

    Time now() const override
    {
        const std::lock_guard lock(mutex_);
        return clock_.now();
    }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        const std::lock_guard lock(mutex_);
        return clock_.wait(duration, std::move(stop));
    }
    std::chrono::milliseconds waited() const
    {
        const std::lock_guard lock(mutex_);
        return clock_.waited();
    }

private:
    mutable std::mutex mutex_;
    ManualClock clock_;
};

/// Settings that let a fetcher speak to a simulator on loopback.
inline FetchSettings loopback_settings()
{
    FetchSettings settings;
    settings.contact = "test@example.org";
    settings.allow_private = {"127.0.0.1"};
    settings.allow_http = {"127.0.0.1"};
    return settings;
}

} // namespace skurd::test

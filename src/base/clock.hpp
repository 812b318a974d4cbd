#pragma once

#include <chrono>
#include <stop_token>

namespace skurd {

/// An instant in UTC with the resolution the store keeps: one second.
using Time = std::chrono::sys_seconds;

/// Where time comes from. Given through constructors, so that tests move it by hand. Safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;

    /// Waits until the duration has passed or a stop is requested; false when stopped. A manual clock only moves on.
    virtual bool wait(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    Time now() const override;
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override;
};

} // namespace skurd

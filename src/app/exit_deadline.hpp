#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace skurd {

/// Ends the process so long after a stop is requested, unless the object is gone by then: for what cannot be told to
/// end, say a decoder that is at a large file. Nothing is lost by that: what was not committed is owed still.
class ExitDeadline {
public:
    ExitDeadline(std::stop_token stop, std::chrono::milliseconds after);
    ~ExitDeadline();
    ExitDeadline(const ExitDeadline&) = delete;
    ExitDeadline& operator=(const ExitDeadline&) = delete;

private:
    void watch(const std::stop_token& stop, std::chrono::milliseconds after);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool is_over_ = false;
    std::thread thread_;
};

} // namespace skurd

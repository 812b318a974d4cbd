#pragma once

#include "notify/channel.hpp"

#include <atomic>
#include <stop_token>
#include <string>
#include <thread>

namespace skurd {

/// Asks an address again and again, so that somebody else notices when this process no longer does. Whoever drives it
/// calls beat() as it goes on with its work; a thread lives while an answer is waited for, and no longer. A beat that
/// fails is told in the log, once, and disturbs nothing.
class Heartbeat {
public:
    Heartbeat() = default;
    ~Heartbeat() { stop(); }
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// Whether the next beat is to be: none goes on, and the last one began long enough ago by whichever clock.
    bool is_due(const HeartbeatSettings& settings, Time now) const;
    void beat(const HeartbeatSettings& settings, const SenderSettings& sender, Time now);
    void request_stop() { thread_.request_stop(); }
    void stop(); ///< and waits until it has, a second or two

private:
    void ask(const HeartbeatSettings& settings, const SenderSettings& sender, const std::stop_token& stop);
    void tell(const std::string& failure);

    std::atomic<bool> is_asking_ = false;
    std::optional<Time> began_at_; ///< the last one
    bool is_failing_ = false;      ///< of the thread
    std::jthread thread_;
};

} // namespace skurd

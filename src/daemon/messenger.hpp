#pragma once

#include "daemon/workspace.hpp"
#include "notify/heartbeat.hpp"
#include "notify/outage_watch.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace skurd {

/// Tells people and programs what happened: a daemon's messages and its heartbeat. A thread lives for each channel to
/// which something is sent, as long as something is; nothing waits for one.
class Messenger {
public:
    explicit Messenger(Workspace& workspace) : workspace_(workspace) {}
    ~Messenger() { stop(); }
    Messenger(const Messenger&) = delete;
    Messenger& operator=(const Messenger&) = delete;

    /// What is to be done now, for the daemon's loop, which has the turn, as `turn` shows: records outages, writes
    /// messages, has those that are due sent, and beats. Whatever it meets, the daemon lives on.
    void begin(const Turn& turn);
    void request_stop(); ///< does not wait
    void stop();         ///< and waits until nothing is sent any more: a second or two

private:
    struct Delivering {
        bool has_ended = false;
        std::jthread thread;
    };

    void watch_outages(Time now);
    void send_due(Time now);
    void beat(Time now);
    void deliver(const std::string& channel, const std::stop_token& stop);

    Workspace& workspace_;
    OutageWatch watch_;
    std::optional<Time> watched_at_;
    std::string failure_; ///< the last one that was told in the log, until all went well again
    Heartbeat heartbeat_;
    std::mutex mutex_;                              ///< of what follows
    std::map<std::string, Delivering> deliverings_; ///< by channel
};

} // namespace skurd

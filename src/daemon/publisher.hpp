#pragma once

#include "daemon/workspace.hpp"

#include <atomic>
#include <optional>
#include <thread>

namespace skurd {

/// Publishes what harvests changed, where `[publish]` says so (publish/publish.hpp): a daemon's, on a thread that
/// nothing waits for, and at most once in `every_minutes`. Whatever it meets, the daemon lives on.
class Publisher {
public:
    explicit Publisher(Workspace& workspace) : workspace_(workspace) {}

    /// For the daemon's loop, which has the turn, as `turn` shows: begins a publication where one is due.
    void begin(const Turn& turn);
    void stop(); ///< waits for the one that is being made; what the process's end cuts off, the next one removes

    /// The same for a command that gave an order, which waits for it. What it meets is told in the log.
    void publish_now();

private:
    bool is_due(Time now) const;

    Workspace& workspace_;
    std::optional<Time> began_at_;
    std::atomic<std::int64_t> tried_ = 0; ///< the newest commit when it was last tried; 0 after a failure
    std::atomic<bool> is_at_work_ = false;
    std::jthread thread_;
};

} // namespace skurd

#pragma once

#include "daemon/workspace.hpp"
#include "order/order_executor.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

namespace skurd {

/// The one writer of a state folder, which carries orders out. The command line makes one when no daemon runs; the
/// daemon is one that waits. Orders and scheduled runs take turns.
class Harvester : public OrderExecutor {
public:
    /// Throws Error: busy when another process holds the store, usage for a wrong job, catalogue or configuration.
    Harvester(const Installation& installation, Clock& clock);

    OrderResult execute(const Order& order, const OrderProgress& progress, std::stop_token stop) override;

    /// The daemon: runs jobs as they fall due and answers the control socket until a stop is requested and
    /// `wake_descriptor` becomes readable.
    void serve(std::stop_token stop, int wake_descriptor);

private:
    class Turn;

    void run_due(std::stop_token stop);
    void run_scheduled(const ReadyJob& job, std::stop_token stop);
    void flag_in_daemon();
    void flag_as_time_passes();
    std::chrono::milliseconds until_next_run() const;

    std::mutex mutex_; ///< of whether somebody has the workspace, and so of all that follows
    std::condition_variable_any turn_ended_;
    bool is_taken_ = false;
    Workspace workspace_;
    std::optional<Time>
        flagged_at_; ///< when the flags that no number raises were reconciled; nothing = they are to be
};

} // namespace skurd

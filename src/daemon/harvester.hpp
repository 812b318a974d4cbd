#pragma once

#include "daemon/workspace.hpp"
#include "order/serial_desk.hpp"

#include <chrono>
#include <optional>
#include <stop_token>

namespace skurd {

/// The one writer of a state folder, and the desk where it takes orders. The command line makes one when no daemon
/// runs; the daemon is one that waits. Orders and jobs have one thread, and turns.
class Harvester : public SerialDesk {
public:
    /// Throws Error: busy when another process holds the store, usage for a wrong job, catalogue or configuration.
    Harvester(const Installation& installation, Clock& clock);

    /// The daemon: runs jobs as they fall due and answers the control socket until a stop is requested and
    /// `wake_descriptor` becomes readable.
    void serve(std::stop_token stop, int wake_descriptor);

protected:
    OrderResult execute(const Order& order, const OrderProgress& progress, std::stop_token stop) override;

private:
    void run_scheduled(const ReadyJob& job, std::stop_token stop);
    void flag_in_daemon();
    void flag_as_time_passes();
    std::chrono::milliseconds until_next_run() const;

    Workspace workspace_;
    std::optional<Time>
        flagged_at_; ///< when the flags that no number raises were reconciled; nothing = they are to be
};

} // namespace skurd

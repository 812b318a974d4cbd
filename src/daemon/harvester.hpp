#pragma once

#include "base/file_descriptor.hpp"
#include "daemon/clock_watch.hpp"
#include "daemon/messenger.hpp"
#include "daemon/publisher.hpp"
#include "daemon/pulse.hpp"
#include "daemon/store_keeper.hpp"
#include "daemon/sweeps.hpp"
#include "daemon/workspace.hpp"
#include "order/order_executor.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <stop_token>
#include <vector>

namespace skurd {

/// The one writer of a state folder, which carries orders out. The command line makes one when no daemon runs; the
/// daemon is one that waits.
class Harvester : public OrderExecutor {
public:
    /// Throws Error: busy when another process holds the store, usage for a wrong job, catalogue or configuration.
    Harvester(const Installation& installation, Clock& clock, WrongFiles wrong = WrongFiles::refused);

    /// From any thread, several at once.
    OrderResult execute(const Order& order, const OrderGiver& giver, const OrderProgress& progress,
                        std::stop_token stop) override;

    /// For a command that gave an order here: publishes what that changed, where `[publish]` says so.
    void publish_changes() { publisher_.publish_now(); }

    /// The daemon: runs jobs as they fall due and answers HTTP, on the control socket and where the configuration
    /// says, until a stop is requested. Ends within a second or two of that, unless a decoder is at work. Sockets
    /// that listen already are used in the place of its own, those of TCP in the place of `[serve] listen`.
    void serve(std::stop_token stop, std::vector<FileDescriptor> passed = {});

    /// One pass of the daemon's loop: begins what is due and does what comes with time. Gives how long until the
    /// next.
    std::chrono::milliseconds pass(Pulse& pulse);

    // While it serves, from any thread.
    void reload();          ///< as soon as it can, reads configuration, jobs and catalogue anew: Workspace::reload()
    void tell_work() const; ///< in the log: what is at work

private:
    void flag_as_time_passes(const Turn& turn);
    void reload_if_wanted(const Turn& turn);
    void see_others(const Turn& turn);
    bool has(Duty duty); ///< false too where the store does not tell
    void forget_cache(const Turn& turn);
    void rest();

    Workspace workspace_;
    Sweeps sweeps_; ///< after what they work with
    StoreKeeper keeper_;
    ClockWatch clock_watch_;
    Messenger messenger_;
    Publisher publisher_;
    std::atomic<bool> reload_wanted_ = false;
    std::chrono::steady_clock::time_point cache_forgotten_at_{};
    bool heap_is_due_ = false;    ///< to be given back, once the turn is
    bool is_store_lost_ = false;  ///< the loop's
    bool is_upgrade_due_ = false; ///< a newer program waits for this process, and nothing is at work
    std::optional<Time>
        flagged_at_; ///< when the flags that no number raises were reconciled; nothing = they are to be
};

} // namespace skurd

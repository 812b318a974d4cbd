#pragma once

#include "base/clock.hpp"
#include "base/process_usage.hpp"
#include "model/fetch_totals.hpp"
#include "model/run.hpp"
#include "model/status.hpp"
#include "model/store_figures.hpp"
#include "order/order_record.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Whether the daemon's loop has its turns. A run or an order that never gives the store back keeps it from them.
struct Liveness {
    std::chrono::seconds since_turn{0}; ///< since it had one last
    std::chrono::seconds allowed{0}; ///< beyond which the process counts as stuck; the service manager ends it then

    bool is_alive() const { return since_turn <= allowed; }
};

/// How it stands with a daemon, in numbers.
struct DaemonFigures {
    Time now{};
    std::size_t store_version = 0; ///< of the schema of stores that this program writes
    ProcessUsage process;
    Liveness liveness;
    Time configuration_read_at{};                   ///< of what is in force
    bool is_last_reload_good = true;                ///< or there was none
    FetchTotals fetched;                            ///< since the process began
    std::map<RunOutcome, std::uint64_t> runs_ended; ///< since the process began
    std::map<OrderState, std::size_t> orders;       ///< those that are remembered
    std::optional<StoreFigures> store;              ///< nothing where it cannot be read
    std::vector<JobStatus> jobs; ///< enabled ones; without what is in the store where that cannot be read
    std::vector<DiskRoom> rooms;
};

/// What health, status and metrics are told of. From any thread; nothing here waits for a run or an order.
class DaemonView {
public:
    virtual ~DaemonView() = default;

    virtual Liveness liveness() const = 0; ///< does not wait for a disk either
    /// Why the daemon cannot do its work now, a sentence each, without names of files; empty when it can.
    virtual std::vector<std::string> reasons_not_ready() const = 0;
    virtual Status status() const = 0; ///< what `skurd status` says
    virtual DaemonFigures figures() const = 0;
};

} // namespace skurd

#pragma once

#include "model/replayed.hpp"
#include "run/jobs.hpp"
#include "run/run_tools.hpp"

#include <stop_token>
#include <vector>

namespace skurd {

/// What becomes of the differences that a replay finds.
struct ReplayOptions {
    enum class Action {
        show,
        accept, ///< they become new vintages (Origin::replay) published when the old ones were
    };

    Action action = Action::show;
    /// Whoever accepts has seen the cells that differ, and so agrees to withdrawals. A drift of the dataset schema
    /// and an anomaly are not what is shown, so those take an agreement of their own.
    Agreement agreement{};
};

/// Decodes what is stored of a job's vintages again, by publication time, and holds each against the dataset schema
/// that was accepted when it was ingested: what a drift blocked then stays blocked. The old vintages stay: an
/// accepted one stands behind them, and known-at a day before it tells the old numbers. A release that confirmed old
/// numbers becomes a vintage when they are replaced, and is decoded again too.
std::vector<Replayed> replay(const ReadyJob& job, const RunTools& tools, const ReplayOptions& options,
                             std::stop_token stop);

} // namespace skurd

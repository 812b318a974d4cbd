#pragma once

#include "model/replayed.hpp"
#include "run/jobs.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

struct ReplayOptions {
    bool accept = false; ///< write differences as new vintages (Origin::replay) published when the old ones were
    std::function<void(const std::string&)> progress; ///< may be empty
};

/// Decodes what is kept of a job's vintages again, by publication time. The old vintages stay: an accepted one stands
/// behind them, and known-at a day before it tells the old numbers. A release that confirmed old numbers becomes a
/// vintage when they are replaced, and is decoded again too.
std::vector<Replayed> replay(StoreSession& store, const ReadyJob& job, const ReplayOptions& options,
                             std::stop_token stop);

} // namespace skurd

#pragma once

#include "model/clock_evidence.hpp"
#include "model/store_log.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Reconciles the flag `reader/store`: processes keep the store's log from being emptied, and it is longer than it
/// may be. A log that is not closes it.
void flag_log_readers(StoreSession& store, const StoreLog& log, Time now);

/// Reconciles the flag `clock//skurd`: our clock is in doubt, by what sources said of the time.
void flag_clock(StoreSession& store, const ClockEvidence& evidence, Time now);

} // namespace skurd

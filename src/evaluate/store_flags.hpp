#pragma once

#include "model/store_log.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Reconciles the flag `reader/store`: processes keep the store's log from being emptied, and it is longer than it
/// may be. A log that is not closes it.
void flag_log_readers(StoreSession& store, const StoreLog& log, Time now);

} // namespace skurd

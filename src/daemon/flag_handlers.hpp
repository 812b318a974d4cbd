#pragma once

#include "order/flag_orders.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Each of the flags is acknowledged or, where one cannot be, none. Throws Error (usage) for a flag that is not there
/// or not open, and without a name or a note.
void acknowledge_flags(StoreSession& store, const AcknowledgeOrder& order, Time now);

} // namespace skurd

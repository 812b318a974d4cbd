#pragma once

#include "order/flag_orders.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Each of the flags is acknowledged or, where one cannot be, none; with a flag that tells of an edited rule also
/// those that the edit raised and that are open still. Throws Error (usage) for a flag that is not there or not open,
/// and without a name or a note.
void acknowledge_flags(StoreSession& store, const AcknowledgeOrder& order, std::optional<std::uint32_t> uid,
                       Time now);

} // namespace skurd

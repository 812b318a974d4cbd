#pragma once

#include "flag/flag_reconciler.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <vector>

namespace skurd {

/// The one way from what is found to the flags in the store: those causes are there now, and a flag that `is_theirs`
/// says is of their sort, but whose cause is not among them, is closed.
void reconcile_flags(StoreSession& store, const std::vector<FlagCause>& found,
                     const std::function<bool(const Flag&)>& is_theirs, Time now);

/// Writes changes that were worked out already.
void store_flag_changes(StoreSession& store, const std::vector<FlagChange>& changes);

} // namespace skurd

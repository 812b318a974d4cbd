#pragma once

#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <set>

namespace skurd {

/// The indicators that depend on a vintage newer than the last evaluation; all where the catalogue or what people
/// marked changed since.
std::set<int> indicators_to_judge(const StoreSession& store, const Catalogue& catalogue);

/// Whether the newest vintage has been judged by this catalogue. Not so after a crash between a harvest and its
/// evaluation, when the catalogue was edited, and when somebody marked a break.
bool is_evaluated(const StoreSession& store, const Catalogue& catalogue);

} // namespace skurd

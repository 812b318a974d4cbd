#pragma once

#include "base/clock.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// Judges by what the sources say now: values, verdicts and flags that are new go into the store, and corrections end
/// whose number the source changed, all in one transaction. May be repeated at any time. Judges those indicators
/// alone that depend on a vintage newer than the last evaluation; all where the catalogue or what people marked
/// changed.
void evaluate(StoreSession& store, const Catalogue& catalogue, const Clock& clock);

/// evaluate(), where it is called for. Throws Error that says the numbers themselves are safe.
void evaluate_if_behind(StoreSession& store, const Catalogue& catalogue, const Clock& clock);

} // namespace skurd

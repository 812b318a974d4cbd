#pragma once

#include "base/clock.hpp"
#include "config/installation.hpp"
#include "indicator/evaluate.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The indicators that depend on a vintage newer than the last evaluation; all where the catalogue or what people
/// marked changed since.
std::set<int> indicators_to_judge(const StoreSession& store, const Catalogue& catalogue);

/// Judges by what the sources say now: values, verdicts and flags that are new go into the store, and corrections end
/// whose number the source changed, all in one transaction. May be repeated at any time. Judges those indicators
/// alone that depend on a vintage newer than the last evaluation; all where the catalogue or what people marked
/// changed.
void evaluate(StoreSession& store, const Catalogue& catalogue, const Clock& clock);

/// Whether the newest vintage has been judged by this catalogue. Not so after a crash between a harvest and its
/// evaluation, when the catalogue was edited, and when somebody marked a break.
bool is_evaluated(const StoreSession& store, const Catalogue& catalogue);

/// evaluate(), where it is called for. Throws Error that says the numbers themselves are safe.
void evaluate_if_behind(StoreSession& store, const Catalogue& catalogue, const Clock& clock);

} // namespace skurd

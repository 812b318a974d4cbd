#pragma once

#include "flag/rule_edit.hpp"
#include "flag/series_causes.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"
#include "store/store_session.hpp"

#include <set>
#include <vector>

namespace skurd {

/// The series an indicator reads, by its definition in force now.
std::vector<Selector> series_of(const Indicator& indicator);

/// What an evaluation is about.
struct Evaluated {
    const Catalogue& catalogue;
    std::set<int> indicators; ///< that were judged: flags of others are left alone
    WithdrawnSeries withdrawn;
    std::vector<Verdict> old_verdicts; ///< as they were stored before
    std::vector<Verdict> new_verdicts; ///< all that hold now
    RuleEdit edit;                     ///< of the catalogue since the evaluation before
};

/// Reconciles the flags threshold, suspect, revision and withdrawn of the indicators, and rule, in the store.
void flag_evaluation(StoreSession& store, const Evaluated& evaluated, Time now);

/// Reconciles the flags `break/…` with what people have annotated and what sources say in notes, of datasets that
/// indicators read. To be called when either may have changed.
void flag_breaks(StoreSession& store, const Catalogue& catalogue, Time now);

} // namespace skurd

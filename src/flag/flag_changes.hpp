#pragma once

#include "flag/flag_reconciler.hpp"
#include "flag/printed_report.hpp"
#include "flag/rule_edit.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"

#include <set>
#include <vector>

namespace skurd {

/// What an evaluation does to the flags. Pure; the caller stores the changes, and the new verdicts after them.
///
/// - threshold, "threshold/9/2017": the newest period of the indicator moved past its threshold against the one
/// before
///   it. One flag for each indicator and period; it names every comparison that crossed. Closed when it no longer
///   crosses, or a newer period took over.
/// - revision, "revision/9/previous/2016/2017": a stored verdict has another outcome now, and the values under it
///   changed. Names both, the size of the revision, and the newest report that printed the old one. Closed when the
///   outcome is again what it was before, or the comparison is no longer made.
/// - suspect, "suspect/9/2017": the newest period is about 10, 100 or 1000 times the one before it, or the inverse,
/// and
///   they compare. Closed when it is not any more, or a newer period took over.
///
/// - rule, "rule/…": rules in the catalogue were edited since the evaluation before, and a verdict on a newest period
///   or a flag changed by it. One for all indicators that the edit touches; closed when the same edit is undone. What
///   else changes by the edit alone has its key as origin, and is no revision.
///
/// Acknowledged flags stay so until the values they were raised on change, also where an edited rule closes one and
/// its undoing brings it back. `evaluated` are the indicators the new verdicts are all of; flags of others are left
/// alone. `existing` must hold the closed flags too: a flag has its key for ever.
std::vector<FlagChange> flag_changes(const Catalogue& catalogue, const std::set<int>& evaluated,
                                     const std::vector<Flag>& existing, const std::vector<Verdict>& old_verdicts,
                                     const std::vector<Verdict>& new_verdicts, Time now,
                                     const PrintRecord& printed = {}, const RuleEdit& edit = {});

} // namespace skurd

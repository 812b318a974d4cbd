#pragma once

#include "model/drift.hpp"
#include "model/source_finding.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Reconciles the flags `frozen/<job>` and `replaced/<job>` with what a run found of its source: those of kinds
/// it did not find are closed.
void flag_findings(StoreSession& store, const std::string& job, const std::vector<SourceFinding>& findings, Time now);

/// Reconciles `drift/<job>` with the drift that blocks series or the dataset now; none closes it.
void flag_drift(StoreSession& store, const std::string& job, const std::string& dataset,
                const std::vector<Drift>& drift, Time now);

/// Reconciles `quarantine/<job>` and `suspect/<job>` with what of the job is in quarantine.
void flag_quarantine(StoreSession& store, const std::string& job, Time now);

} // namespace skurd

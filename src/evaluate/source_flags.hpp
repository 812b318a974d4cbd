#pragma once

#include "connectors/connector.hpp"
#include "flag/flag_reconciler.hpp"
#include "model/drift.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Brings the flags `frozen/<job>` and `replaced/<job>` in line with what a run found of its source: those of kinds
/// it did not find are closed.
void flag_findings(StoreSession& store, const std::string& job, const std::vector<SourceFinding>& findings, Time now);

/// Brings `drift/<job>` in line with the drift that blocks series or the dataset now; none closes it.
void flag_drift(StoreSession& store, const std::string& job, const std::string& dataset,
                const std::vector<Drift>& drift, Time now);

/// Brings `quarantine/<job>` and `suspect/<job>` in line with what of the job is in quarantine.
void flag_quarantine(StoreSession& store, const std::string& job, Time now);

/// Writes changes of flags to the store.
void store_flag_changes(StoreSession& store, const std::vector<FlagChange>& changes);

} // namespace skurd

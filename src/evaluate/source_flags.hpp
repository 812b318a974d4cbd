#pragma once

#include "model/drift.hpp"
#include "model/ingest.hpp"
#include "model/source_finding.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Reconciles the flags `frozen/<job>` and `replaced/<job>` with what a run found of its source: those of kinds
/// it did not find are closed.
void flag_findings(StoreSession& store, const std::string& job, const std::vector<SourceFinding>& findings, Time now);

/// Reconciles `drift/<job>` with the drift that blocks series or the dataset now; none closes it.
void flag_drift(StoreSession& store, const std::string& job, const std::string& dataset,
                const std::vector<Drift>& drift, Time now);

/// What a release says of its own publication, and of periods that are there no longer. `clock/<job>`: the claim of a
/// vintage contradicts what is known; closed by the next whose claim does not. `window/<job>`: raised when periods
/// left what the source offers, and never closed by itself.
void flag_placing(StoreSession& store, const std::string& job, const std::string& dataset,
                  const PublicationClaim& claim, const IngestResult& result, Time now);

/// Reconciles `failing/<job>`: no run has met what was due then; nothing where one has, which closes it.
void flag_failing(StoreSession& store, const std::string& job, const std::optional<Time>& owed_since, Time now);

/// Reconciles `quarantine/<job>` and `suspect/<job>` with what of the job is in quarantine.
void flag_quarantine(StoreSession& store, const std::string& job, Time now);

} // namespace skurd

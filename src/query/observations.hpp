#pragma once

#include "model/attribution.hpp"
#include "model/observation_row.hpp"
#include "query/target.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace skurd {

/// Which observations are wanted.
struct ObservationQuestion {
    Target target;
    AsOf as_of{};                         ///< of a history: the versions that had been published and seen by then
    Numbers numbers = Numbers::published; ///< of a history: the published ones always
    std::optional<Period> period = std::nullopt; ///< only of this one
    std::optional<Attributions> attributions{};  ///< of the datasets; nothing: rows say none
    ObservationStore::SeriesRange series{};      ///< of a selector: only of these
};

/// The observations at the two clocks, each with what people said of it that stood then; those of a series say which
/// indicators leave them out. Those of an indicator are
/// read by the definition in force at the time asked about. For every indicator, also the numbers that were
/// indicators of their own in the newest report of that day.
std::vector<ObservationRow> observations(const StoreSession& store, const Catalogue& catalogue,
                                         const ObservationQuestion& question);

/// Every version of them, by period and publication time; of an indicator under each of its definitions, over the
/// publications it applies to. A computed value is a version where it differs from the publication before. As of a
/// day it is the history that was told on that day: nothing of later releases, corrections or annotations is in it.
std::vector<ObservationRow> observation_history(const StoreSession& store, const Catalogue& catalogue,
                                                const ObservationQuestion& question);

/// The two reads above, row by row: a whole table needs no more memory than its largest series, or an indicator.
using ObservationVisitor = std::function<void(const ObservationRow&)>;
void visit_observations(const StoreSession& store, const Catalogue& catalogue, const ObservationQuestion& question,
                        const ObservationVisitor& visit);
void visit_observation_history(const StoreSession& store, const Catalogue& catalogue,
                               const ObservationQuestion& question, const ObservationVisitor& visit);

} // namespace skurd

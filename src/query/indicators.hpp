#pragma once

#include "base/clock.hpp"
#include "indicator/evaluate.hpp"
#include "model/correction.hpp"
#include "model/dataset_offer.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <string>
#include <vector>

namespace skurd {

/// What one read of a series gave; called for each that an indicator's values are made from.
using SeriesRead = std::function<void(const Selector&, const PublicationWindow&, const std::vector<Observation>&)>;

/// What is wrong with formulas that only the store can tell: several series where one is meant, a unit that is not
/// what the catalogue says. "file:line: indicator 9: …", for each indicator that has values.
std::vector<std::string> formula_errors(const StoreSession& store, const Catalogue& catalogue);

/// Selectors of the catalogue that can never give anything, by what the jobs can give and what was fetched
/// (indicator/selector_check.hpp). Without a store nothing was.
std::vector<std::string> selector_errors(const StoreSession* store, const Catalogue& catalogue,
                                         std::vector<DatasetOffer> jobs);

/// The state of the selected series at the two clocks, each observation with the correction that was open then; in
/// the place of the source's number where corrected ones are asked for.
std::vector<Observation> current_observations(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                              Numbers numbers, std::optional<Time> published_from = {});

/// The same, series by series (ObservationStore::visit_as_of).
void visit_current_observations(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                Numbers numbers, const std::function<void(std::vector<Observation>&)>& visit,
                                const ObservationStore::SeriesRange& range = ObservationStore::all_series);

/// The same as the vintages of a window state it; none while the store has no such series.
std::vector<Observation> observations_from(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                           Numbers numbers, const PublicationWindow& window);

/// The observations of the series an indicator's formula names, at the two clocks, by the definition in force then;
/// empty while the store has no such series.
std::vector<Observation> indicator_observations(const StoreSession& store, const Indicator& indicator,
                                                const AsOf& as_of, Numbers numbers);

/// The values of an indicator at the two clocks, with the breaks that people marked in the series they are made from.
/// For many of them: IndicatorReader.
IndicatorSeries indicator_series(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                 const AsOf& as_of, Numbers numbers);

/// Its values as of every publication it can depend on.
std::vector<ValuesFrom> indicator_over_time(const StoreSession& store, const Catalogue& catalogue,
                                            const Indicator& indicator, const AsOf& as_of = {});

/// The datasets an indicator depends on, under any definition and through other indicators; ascending.
std::vector<std::string> datasets_of(const Catalogue& catalogue, const Indicator& indicator);

} // namespace skurd

#pragma once

#include "base/clock.hpp"
#include "indicator/evaluate.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "run/installation.hpp"
#include "store/store_session.hpp"

#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The catalogue of an installation: its folder of indicators, or the one compiled in. Throws Error (usage) with
/// file:line.
Catalogue load_catalogue(const Installation& installation);

/// All there is to say against an installation's catalogue, with file and line; empty when it is good.
std::vector<std::string> catalogue_errors(const Installation& installation);

/// What is wrong with formulas that only the store can tell: several series where one is meant, a unit that is not
/// what the catalogue says. "file:line: indicator 9: …", for each indicator that has values.
std::vector<std::string> formula_errors(const StoreSession& store, const Catalogue& catalogue);

/// The state of the selected series at the two clocks, each observation with the correction that was open then; in
/// the place of the source's number where corrected ones are asked for.
std::vector<Observation> current_observations(const StoreSession& store, const Selector& selector, const AsOf& as_of,
                                              Numbers numbers, std::optional<Time> published_from = {});

/// The observations of the series an indicator's formula names, at the two clocks, by the definition in force then;
/// empty while the store has no such series.
std::vector<Observation> indicator_observations(const StoreSession& store, const Indicator& indicator,
                                                const AsOf& as_of, Numbers numbers);

/// The values of an indicator at the two clocks, with the breaks that people marked in the series they are made from.
IndicatorSeries indicator_series(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                 const AsOf& as_of, Numbers numbers);

/// Its values as of every publication it can depend on.
std::vector<ValuesFrom> indicator_over_time(const StoreSession& store, const Catalogue& catalogue,
                                            const Indicator& indicator);

/// The datasets an indicator depends on, under any definition and through other indicators; ascending.
std::vector<std::string> datasets_of(const Catalogue& catalogue, const Indicator& indicator);

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

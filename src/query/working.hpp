#pragma once

#include "indicator/evaluate.hpp"
#include "model/correction.hpp"
#include "model/indicator_working.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// Whether the verdicts by earlier figures are made too: they are thousands where a number was revised again and
/// again.
enum class EarlierVerdicts { made, left_out };

/// The working of an indicator at the two clocks: its values and inputs, the verdicts on them, what the same verdicts
/// were after each earlier publication, the figures that were other ones earlier, and what people said of its series.
/// The indicator is one of the catalogue, which outlives the answer.
IndicatorWorking indicator_working(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                   const AsOf& as_of, Numbers numbers,
                                   EarlierVerdicts earlier = EarlierVerdicts::made);
/// The same for who has read indicator_over_time() already.
IndicatorWorking indicator_working(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                   const AsOf& as_of, Numbers numbers, EarlierVerdicts earlier,
                                   std::vector<ValuesFrom> publications);

} // namespace skurd

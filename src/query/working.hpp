#pragma once

#include "model/correction.hpp"
#include "model/indicator_working.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// The working of an indicator at the two clocks: its values and inputs, the verdicts on them, what the same verdicts
/// were after each earlier publication, and what people said of its series. The indicator is one of the catalogue,
/// which outlives the answer.
IndicatorWorking indicator_working(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                   const AsOf& as_of, Numbers numbers);

} // namespace skurd

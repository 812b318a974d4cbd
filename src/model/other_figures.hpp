#pragma once

#include "model/indicator.hpp"

namespace skurd {

/// What other sources of a coalesce() say of a value's period, where it is another number: "288 from ssb/13579{…},
/// but 286 in drop/status-report{nr=9}". Empty where they agree, or there is one alone.
LocalizedText other_figures(const IndicatorValue& value);

} // namespace skurd

#pragma once

#include "model/indicator.hpp"

namespace skurd {

/// A line of the catalogue, or of one set of it under the number it had there.
struct CatalogueEntry {
    int number = 0;
    const Indicator* indicator = nullptr;   ///< of a catalogue that outlives the entry
    const Definition* definition = nullptr; ///< of it, in force now, or when the set's report came
    LocalizedText label;
    int merged_into = 0; ///< the indicator a number became part of; 0 = it is the indicator itself
    const IndicatorTemplate* for_each = nullptr; ///< of which `indicator` is the measure; mostly none
    int expansions = 0;                          ///< how many indicators that stands for now
};

} // namespace skurd

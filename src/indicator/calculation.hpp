#pragma once

#include "indicator/quantity.hpp"
#include "model/indicator.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace skurd {

/// What a formula is worked out from.
struct CalculationInputs {
    /// The observations of a selector's series, as of the day asked about.
    std::function<std::vector<Observation>(const Selector&)> series;
    /// The values of another indicator on the same day; its label and unit are the catalogue's.
    std::function<IndicatorValues(int indicator)> indicator;
    /// The unit of another indicator then.
    std::function<Quantity(int indicator)> quantity;
    /// What the definition before this one gives, and the definition itself; for earlier() alone.
    std::function<IndicatorValues()> earlier = {};
    const Definition* earlier_definition = nullptr;
};

/// Works out a formula for every period its inputs have, in exact fractions; a result that is no decimal of eight
/// places or fewer is rounded to eight, half away from zero, or to `decimals` where that is given.
///
/// A number that is missing stays missing with its kind, and `formula_error` names the input that lacked it. A series
/// that is several (outside sum and mean), units that clash with each other or with `unit`, and a division by zero
/// are trouble too. Definitions are 0 in the result, but for what earlier() gives.
IndicatorValues calculate(const Formula& formula, const CalculationInputs& inputs, const Quantity& wanted,
                          std::optional<int> decimals);

} // namespace skurd

#pragma once

#include "indicator/rule.hpp"

#include <optional>

namespace skurd {

/// Which way a value moved past its threshold.
enum class Movement { fall, within, rise };

/// The change rule's comparisons in 128-bit integers: what nearly every real pair of values fits. Each gives nothing
/// when a step would overflow; then the exact fractions of rule.cpp decide. Both values must be there and comparable.
std::optional<Movement> fast_points(const Change& change);
std::optional<Movement>
fast_ratio(const Change& change); ///< of the magnitudes: two negative values count as positive

/// The change rounded half away from zero: points per year, or percent for one year.
std::optional<Decimal> fast_change(const Change& change, int decimals);

} // namespace skurd

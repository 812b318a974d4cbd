#pragma once

#include "model/indicator.hpp"

#include <optional>
#include <string>

namespace skurd {

/// How a value moved: "2017 goes from 247 to 280 (+33, +13.4%)", for a share "… from 46.2 to 46.9 (+0.7 percentage
/// points)". Empty where it did not, in value.
LocalizedText size_text(IndicatorKind kind, const std::string& period, const std::optional<Decimal>& before,
                        const std::optional<Decimal>& now);

/// 10, 100 or 1000, or -10, -100 or -1000 for the inverse, where `now` is that many times `before`, within a quarter
/// up or down: between 8 and 12.5 times, and so on. 0 where it is not, and for a zero or a change of sign.
int unit_factor(const Decimal& before, const Decimal& now);

} // namespace skurd

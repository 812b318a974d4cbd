#pragma once

#include "indicator/status_report.hpp"

namespace skurd {

/// Turns amounts into kroner of one year, by the catalogue's price index.
class PriceConversion {
public:
    /// Reads the index. Throws Error (usage) without one, and where it has no number for the year.
    PriceConversion(const Catalogue& catalogue, int year, const ReadIndicator& read);

    /// Amounts in the kroner of their own years, each turned by the index of its period, with eight decimals. What
    /// the index has no number for becomes missing, and says so.
    IndicatorValues from_current_prices(IndicatorValues values) const;

    /// How values are shown: those of a price base turned from it, all rounded to as many decimals as they were
    /// published with (computed ones to one).
    IndicatorValues as_shown(const IndicatorValues& values, const Indicator& indicator) const;

    ShownPrices shown(std::vector<int> as_they_are) const;

private:
    IndicatorValue turned(IndicatorValue value, const Period& from, int decimals) const;

    int year_;
    std::string name_;
    IndicatorValues index_;
    IndicatorValue base_;
};

} // namespace skurd

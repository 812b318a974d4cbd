#pragma once

#include "base/number_text.hpp"
#include "model/period.hpp"
#include "page/chart_axes.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// One line of a chart.
struct ChartSeries {
    std::string name;
    std::map<Period, Decimal> numbers; ///< periods that are no time are left out
};

constexpr std::size_t chart_series_max = 6; ///< more lines than that nobody tells apart

/// How a line is named at its end, and in a table beside the chart: "A" for the first.
std::string chart_letter(std::size_t place);

/// Some series of one unit as inline SVG, each with its letter where it ends and a stroke of its own; "" where none
/// has two numbers, and for more than chart_series_max.
std::string series_chart(const std::vector<ChartSeries>& series, Language language, ChartSize size);

} // namespace skurd

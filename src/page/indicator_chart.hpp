#pragma once

#include "indicator/evaluate.hpp"
#include "model/indicator_working.hpp"
#include "page/chart_axes.hpp"
#include "report/report_text.hpp"

#include <string>
#include <vector>

namespace skurd {

/// An indicator's course as inline SVG, without colours of its own: what is believed now as the one strong line, what
/// was believed before thin behind it and named where it was another number, the band in which a value is unchanged
/// against the baseline, breaks, and provisional values as hollow dots. "" for less than two numbers.
std::string indicator_chart(const IndicatorWorking& working, const std::vector<ValuesFrom>& publications,
                            const ReportText& words, ChartSize size);

} // namespace skurd

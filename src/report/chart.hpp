#pragma once

#include "report/page.hpp"

#include <string>

namespace skurd {

/// A small line chart of a row's whole course as inline SVG, with what it shows in words for a screen reader; "" for
/// fewer than two numbers. The line has a gap where a period lacks a value, and a dashed upright line where values
/// stop being comparable. The line need not begin at zero: its first and last number stand below it.
std::string course_chart(const PageRow& row, const ReportText& words);

/// The same as a line alone with a dot at its end, for a page of many: the first and the last number for a screen
/// reader. "" for fewer than two numbers.
std::string sparkline(const PageRow& row, const ReportText& words);

} // namespace skurd

#pragma once

#include "report/report.hpp"
#include "report/tables.hpp"

#include <string>

namespace skurd {

/// The renderings behind render_report(), one file each.
std::string text_report(const ReportWords& words, Colour colour);
std::string markdown_report(const ReportWords& words);
std::string csv_report(const ReportWords& words);
std::string json_report(const StatusReport& report);

} // namespace skurd

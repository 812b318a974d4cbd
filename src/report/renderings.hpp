#pragma once

#include "report/page.hpp"
#include "report/report.hpp"

#include <string>

namespace skurd {

/// The renderings behind render_report(), one file each.
std::string text_report(const Page& page, Colour colour);
std::string markdown_report(const Page& page);
std::string html_report(const Page& page);
std::string xlsx_report(const Page& page, const StatusReport& report);
std::string csv_report(const Page& page, const StatusReport& report);
std::string json_report(const StatusReport& report, const Catalogue& catalogue);

} // namespace skurd

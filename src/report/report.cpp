#include "report/report.hpp"

#include "report/renderings.hpp"

#include <algorithm>
#include <array>

namespace skurd {

std::optional<ReportFormat> report_format_from(std::string_view word)
{
    constexpr std::array<std::string_view, 6> words = {"text", "md", "html", "csv", "xlsx", "json"};
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end())
        return std::nullopt;
    return static_cast<ReportFormat>(found - words.begin());
}

std::string render_report(const StatusReport& report, const Catalogue& catalogue, ReportFormat format,
                          Language language, Colour colour)
{
    if (format == ReportFormat::json)
        return json_report(report, catalogue);
    const auto page = make_page(report, catalogue, language);
    switch (format) {
    case ReportFormat::text:
        return text_report(page, colour);
    case ReportFormat::markdown:
        return markdown_report(page);
    case ReportFormat::html:
        return html_report(page);
    case ReportFormat::csv:
        return csv_report(page, report);
    case ReportFormat::xlsx:
        return xlsx_report(page, report);
    case ReportFormat::json:
        break;
    }
    return "";
}

} // namespace skurd

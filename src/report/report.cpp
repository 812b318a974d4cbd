#include "report/report.hpp"

#include "report/renderings.hpp"

namespace skurd {

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

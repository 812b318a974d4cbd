#include "report/report.hpp"

#include "report/renderings.hpp"

namespace skurd {

std::optional<ReportFormat> report_format_from(std::string_view word)
{
    if (word == "text")
        return ReportFormat::text;
    if (word == "md")
        return ReportFormat::markdown;
    if (word == "csv")
        return ReportFormat::csv;
    if (word == "json")
        return ReportFormat::json;
    return std::nullopt;
}

std::string render_report(const StatusReport& report, const Catalogue& catalogue, ReportFormat format,
                          Language language, Colour colour)
{
    const ReportWords words(report, catalogue, language);
    switch (format) {
    case ReportFormat::text:
        return text_report(words, colour);
    case ReportFormat::markdown:
        return markdown_report(words);
    case ReportFormat::csv:
        return csv_report(words);
    case ReportFormat::json:
        return json_report(report);
    }
    return "";
}

} // namespace skurd

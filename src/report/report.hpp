#pragma once

#include "base/enum_words.hpp"
#include "base/number_text.hpp"
#include "model/status_report.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

enum class ReportFormat { text, markdown, html, csv, xlsx, json };
template <>
inline constexpr auto enum_words<ReportFormat> = word_table<ReportFormat>({
    {ReportFormat::text, "text"},
    {ReportFormat::markdown, "md"},
    {ReportFormat::html, "html"},
    {ReportFormat::csv, "csv"},
    {ReportFormat::xlsx, "xlsx"},
    {ReportFormat::json, "json"},
});

/// Whether the signs and words of the text report are coloured as well (ANSI escape sequences).
enum class Colour { off, on };

/// A status report as the bytes of one file; all formats but xlsx are UTF-8 and end with a newline. The same report
/// gives the same bytes: no clock, no locale.
///
/// For people, in one language, with a table for each part, what must be known of its numbers below it, and the
/// roll-up, differences, sources and method around them:
/// - text, for a terminal; markdown
/// - html: one file that needs nothing else, to be read or printed, with a small chart for each indicator
/// - xlsx: a sheet for each table and section; numbers are numbers, and text is never a formula
///
/// For programs, with decimal points (schema/report.md):
/// - csv: one line for each indicator; the label is in the language asked for. Text that a spreadsheet would take for
///   a formula stands as it is.
/// - json: everything, in both languages; numbers are strings of decimals
///
/// Throws Error where no temporary file can be written, which xlsx needs.
std::string render_report(const StatusReport& report, const Catalogue& catalogue, ReportFormat format,
                          Language language, Colour colour);

} // namespace skurd

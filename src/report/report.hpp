#pragma once

#include "base/csv_writer.hpp"
#include "base/number_text.hpp"
#include "model/status_report.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace skurd {

/// Whether the signs and words of the text report are coloured as well (ANSI escape sequences).
enum class Colour { off, on };

/// What a rendering is made from.
struct Rendering {
    const StatusReport& report;
    const Catalogue& catalogue;
    Language language = Language::nb;
    Colour colour = Colour::off;
    std::size_t width = 0;                    ///< of text: no line is longer; 0 = as wide as its tables are
    CsvDialect dialect = CsvDialect::rfc4180; ///< of csv
};

/// A form of a report. Its rendering gives the bytes of one file; all but binary ones are UTF-8 and end with a
/// newline. The same report gives the same bytes: no clock, no locale.
///
/// For people, in one language, with a table for each part, what must be known of its numbers below it, and the
/// roll-up, differences, sources and method around them:
/// - text, for a terminal; md: Markdown. In these and html each text is one line of printable text
/// - html: one file that needs nothing else, to be read or printed, with a small chart for each indicator
/// - xlsx: a sheet for each table and section; numbers are numbers, and text is never a formula
///
/// For programs, with decimal points (schema/report.md):
/// - csv: one line for each indicator; the label is in the language asked for. What a spreadsheet would run as a
///   formula is kept from it, but in the dialect raw.
/// - json: everything, in both languages; numbers are strings of decimals
///
/// Rendering throws Error where no temporary file can be written, which xlsx needs.
struct ReportFormat {
    enum class Content { text, binary };

    std::string_view name; ///< "text", "md", "html", "csv", "xlsx", "json"
    Content content = Content::text;
    std::string (*render)(const Rendering& from) = nullptr;
};

std::span<const ReportFormat> report_formats();
const ReportFormat* find_report_format(std::string_view name); ///< nullptr when there is none

} // namespace skurd

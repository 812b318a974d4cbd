#pragma once

#include "base/number_text.hpp"
#include "model/indicator.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

enum class ReportFormat { text, markdown, csv, json };
std::optional<ReportFormat> report_format_from(std::string_view word); ///< "text", "md", "csv", "json"

/// Whether the signs and words of the text report are coloured as well (ANSI escape sequences).
enum class Colour { off, on };

/// A status report as one text, which ends with a newline. The same report gives the same bytes.
///
/// - text: a table for each part with values, changes, sign and colour word; notes under it; a count of the outcomes
/// - markdown: the same tables and notes
/// - csv: one line for each indicator; numbers with a decimal point, changes with eight decimals
/// - json: {"set", "period", "as_of", "title", "rows": [{"indicator", "number", "table", "values", "changes", …}]};
/// both
///   languages, numbers as strings of decimals
///
/// A value that a person corrected, or would, has a mark and a note; csv a last column, json an array.
std::string render_report(const StatusReport& report, const Catalogue& catalogue, ReportFormat format,
                          Language language, Colour colour);

} // namespace skurd

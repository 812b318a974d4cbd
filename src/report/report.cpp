#include "report/report.hpp"

#include <algorithm>

// The table of formats, a line for each: its name and what it is made of. render_<name>() is defined in a file of its
// own. A macro, so that the line both declares the function and makes the row.
// NOLINTBEGIN(cppcoreguidelines-macro-usage): no function can declare another one
#define SKURD_REPORT_FORMATS(FORMAT)                                                                                 \
    FORMAT(text, text)                                                                                               \
    FORMAT(md, text)                                                                                                 \
    FORMAT(html, text)                                                                                               \
    FORMAT(csv, text)                                                                                                \
    FORMAT(xlsx, binary)                                                                                             \
    FORMAT(json, text)

namespace skurd {

#define SKURD_DECLARE(name, content) std::string render_##name(const Rendering& from);
SKURD_REPORT_FORMATS(SKURD_DECLARE)
#undef SKURD_DECLARE

namespace {

#define SKURD_ROW(name, content) {#name, ReportFormat::Content::content, render_##name},
constexpr ReportFormat formats[] = {SKURD_REPORT_FORMATS(SKURD_ROW)};
#undef SKURD_ROW
// NOLINTEND(cppcoreguidelines-macro-usage)

} // namespace

std::span<const ReportFormat> report_formats()
{
    return formats;
}

const ReportFormat* find_report_format(std::string_view name)
{
    const auto* found = std::find_if(std::begin(formats), std::end(formats),
                                     [&](const ReportFormat& format) { return format.name == name; });
    return found == std::end(formats) ? nullptr : found;
}

} // namespace skurd

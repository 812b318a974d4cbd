// A message as plain text and as HTML.
#include "base/html_text.hpp"
#include "notify/message_page.hpp"
#include "notify/notification.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// Mail programs load nothing and know little of style sheets.
constexpr auto message_style = "body{font-family:sans-serif;max-width:50em}h2{font-size:1em;margin-bottom:0}"
                               "li.below{list-style:none}p.foot{color:#555;font-size:.9em}";

} // namespace

std::string text_of(const Notification& notification)
{
    const auto page = page_of(notification);
    auto text = page.subject + "\n";
    for (const auto& section : page.sections) {
        text += fmt::format("\n{}\n", section.heading);
        for (const auto& line : section.lines)
            text += line.starts_with("  ") ? fmt::format("    {}\n", line.substr(2)) : fmt::format("- {}\n", line);
        if (!section.more.empty())
            text += fmt::format("… {}\n", section.more);
    }
    return text + fmt::format("\n{}\n", page.footer);
}

std::string html_of(const Notification& notification)
{
    const auto page = page_of(notification);
    auto html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n<h1 style=\"font-size:1.2em\">{}</h1>\n",
        to_string(notification.language), html_escaped(page.subject), message_style, html_escaped(page.subject));
    for (const auto& section : page.sections) {
        html += fmt::format("<h2>{}</h2>\n<ul>\n", html_escaped(section.heading));
        for (const auto& line : section.lines)
            html +=
                fmt::format("<li{}>{}</li>\n", line.starts_with("  ") ? R"( class="below")" : "", html_escaped(line));
        html += "</ul>\n";
        if (!section.more.empty())
            html += fmt::format("<p>… {}</p>\n", html_escaped(section.more));
    }
    return html + fmt::format("<p class=\"foot\">{}</p>\n</body>\n</html>\n", html_escaped(page.footer));
}

} // namespace skurd

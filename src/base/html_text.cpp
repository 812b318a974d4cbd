#include "base/html_text.hpp"

#include "base/text.hpp"

namespace skurd {

std::string html_escaped(const std::string& text)
{
    std::string safe;
    for (const char c : printable(text))
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    return safe;
}

} // namespace skurd

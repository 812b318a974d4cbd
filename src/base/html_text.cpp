#include "base/html_text.hpp"

namespace skurd {

std::string html_escaped(const std::string& text)
{
    std::string safe;
    for (const char c : text)
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
            safe += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
        }
    return safe;
}

} // namespace skurd

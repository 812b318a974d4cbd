#include "base/one_line.hpp"

namespace skurd {

std::string in_one_line(std::string_view text)
{
    std::string line;
    bool parted = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space && parted && !line.empty())
            line += ' ';
        parted = space;
        if (!space)
            line += c;
    }
    return line;
}

} // namespace skurd

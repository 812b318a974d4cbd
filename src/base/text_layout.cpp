#include "base/text_layout.hpp"

#include "base/text.hpp"

namespace skurd {

std::string spaces(std::size_t count)
{
    return std::string(count, ' ');
}

std::string left(const std::string& text, std::size_t width)
{
    const auto used = display_width(text);
    return used < width ? text + spaces(width - used) : text;
}

std::string right(const std::string& text, std::size_t width)
{
    const auto used = display_width(text);
    return used < width ? spaces(width - used) + text : text;
}

std::string ruled(std::size_t width)
{
    std::string rule;
    for (std::size_t i = 0; i < width; ++i)
        rule += "─";
    return rule;
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width)
{
    std::vector<std::string> lines(1);
    for (const auto word : split(text, ' ')) {
        const bool fits = display_width(lines.back()) + 1 + display_width(word) <= width;
        if (lines.back().empty())
            lines.back() = word;
        else if (fits)
            lines.back() += " " + std::string(word);
        else
            lines.emplace_back(word);
    }
    return lines;
}

} // namespace skurd

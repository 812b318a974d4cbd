#include "base/text_layout.hpp"

#include "base/text.hpp"

#include <string_view>

namespace skurd {

namespace {

/// How much of a word that is too long stands on a line.
std::size_t broken_after(std::string_view word, std::size_t width)
{
    const auto most = fitting(word, width);
    const auto at = word.substr(0, most).find_last_of("-/_,;|:)");
    return at == std::string_view::npos || at + 1 < most / 2 ? most : at + 1;
}

} // namespace

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

std::vector<std::string> folded(const std::string& text, std::size_t width)
{
    std::vector<std::string> lines;
    for (const auto& line : wrapped(text, width)) {
        std::string_view rest = line;
        while (display_width(rest) > width) {
            const auto bytes = broken_after(rest, width);
            if (bytes == rest.size())
                break;
            lines.emplace_back(rest.substr(0, bytes));
            rest.remove_prefix(bytes);
        }
        lines.emplace_back(rest);
    }
    return lines;
}

std::string hanging(const std::string& text, std::size_t width, const std::string& first, const std::string& rest)
{
    const auto indent = display_width(rest);
    const auto line_text = printable(text);
    const auto lines = width == 0 ? std::vector{line_text} : folded(line_text, width > indent ? width - indent : 1);
    std::string whole;
    for (const auto& line : lines) {
        whole += whole.empty() ? first : rest;
        whole += line;
        whole += '\n';
    }
    return whole;
}

std::string fitted(const std::string& text, std::size_t width)
{
    std::string whole;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto indent = spaces(std::min(line.find_first_not_of(' '), line.size()));
        whole += hanging(std::string(line.substr(indent.size())), width, indent, indent);
    }
    return whole;
}

} // namespace skurd

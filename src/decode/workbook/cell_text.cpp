#include "decode/workbook/cell_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace skurd {

namespace {

constexpr char32_t replacement = 0xfffd;

struct Raised {
    char plain;
    std::string_view raised;
};

constexpr Raised raised_letters[] = {
    {'0', "⁰"}, {'1', "¹"}, {'2', "²"}, {'3', "³"}, {'4', "⁴"}, {'5', "⁵"}, {'6', "⁶"}, {'7', "⁷"},
    {'8', "⁸"}, {'9', "⁹"}, {'+', "⁺"}, {'-', "⁻"}, {'=', "⁼"}, {'(', "⁽"}, {')', "⁾"}, {'a', "ᵃ"},
    {'b', "ᵇ"}, {'c', "ᶜ"}, {'d', "ᵈ"}, {'e', "ᵉ"}, {'f', "ᶠ"}, {'g', "ᵍ"}, {'h', "ʰ"}, {'i', "ⁱ"},
    {'j', "ʲ"}, {'k', "ᵏ"}, {'l', "ˡ"}, {'m', "ᵐ"}, {'n', "ⁿ"}, {'o', "ᵒ"}, {'p', "ᵖ"}, {'r', "ʳ"},
    {'s', "ˢ"}, {'t', "ᵗ"}, {'u', "ᵘ"}, {'v', "ᵛ"}, {'w', "ʷ"}, {'x', "ˣ"}, {'y', "ʸ"}, {'z', "ᶻ"},
};

void append_utf8(std::string& text, char32_t point)
{
    const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xc0 | point >> 6);
        add(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        add(0xe0 | point >> 12);
        add(0x80 | (point >> 6 & 0x3f));
        add(0x80 | (point & 0x3f));
    } else {
        add(0xf0 | point >> 18);
        add(0x80 | (point >> 12 & 0x3f));
        add(0x80 | (point >> 6 & 0x3f));
        add(0x80 | (point & 0x3f));
    }
}

bool is_high(char32_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool is_low(char32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

constexpr std::size_t escape_size = 7; ///< "_xHHHH_"

std::optional<char32_t> escape_at(std::string_view text, std::size_t at)
{
    const auto escape = text.substr(std::min(at, text.size()), escape_size);
    if (escape.size() != escape_size || escape[0] != '_' || escape[1] != 'x' || escape[6] != '_')
        return std::nullopt;
    std::uint32_t unit = 0;
    const auto [end, failure] = std::from_chars(escape.data() + 2, escape.data() + 6, unit, 16);
    if (failure != std::errc() || end != escape.data() + 6)
        return std::nullopt;
    return unit;
}

bool is_character(char32_t unit)
{
    return (unit >= 0x20 || unit == '\t' || unit == '\n' || unit == '\r') && unit < 0xfffe && !is_high(unit) &&
           !is_low(unit);
}

} // namespace

std::string raised(std::string_view utf8)
{
    std::string text;
    for (const char c : utf8) {
        const auto* const found = std::find_if(std::begin(raised_letters), std::end(raised_letters),
                                               [&](const auto& letter) { return letter.plain == c; });
        if (found == std::end(raised_letters))
            text += c;
        else
            text += found->raised;
    }
    return text;
}

std::string unescaped(std::string_view text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto unit = escape_at(text, at);
        const auto low = unit && is_high(*unit) ? escape_at(text, at + escape_size) : std::nullopt;
        if (low && is_low(*low)) {
            append_utf8(result, 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00));
            at += 2 * escape_size;
        } else if (unit && is_character(*unit)) {
            append_utf8(result, *unit);
            at += escape_size;
        } else {
            result += text[at++];
        }
    }
    return result;
}

std::string utf8_from_units(std::u16string_view units)
{
    std::string text;
    text.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        const char32_t unit = units[i];
        if (is_high(unit) && i + 1 < units.size() && is_low(units[i + 1]))
            append_utf8(text, 0x10000 + ((unit - 0xd800) << 10) + (units[++i] - 0xdc00U));
        else
            append_utf8(text, is_high(unit) || is_low(unit) || unit == 0 ? replacement : unit);
    }
    return text;
}

} // namespace skurd

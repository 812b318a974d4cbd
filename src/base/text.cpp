#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <clocale>
#include <cwchar>
#include <numeric>

namespace skurd {

bool all_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> positive_number(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = failure == std::errc() && end == text.data() + text.size();
    return is_whole && number > 0 ? std::optional(number) : std::nullopt;
}

std::string_view trim(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    constexpr std::string_view no_break_space = "\xc2\xa0";
    for (;;) {
        if (!text.empty() && space.find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        else if (!text.empty() && space.find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(no_break_space.size());
        else if (text.ends_with(no_break_space))
            text.remove_suffix(no_break_space.size());
        else
            return text;
    }
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    return fmt::format("{}", fmt::join(parts, separator));
}

std::string to_lower(std::string_view text)
{
    std::string lowered(text);
    for (char& c : lowered)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

namespace {

/// The length of the valid UTF-8 sequence at the front, or 0 (RFC 3629: no overlong forms, no surrogates).
std::size_t utf8_sequence_length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto in = [&](std::size_t i, unsigned low, unsigned high) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return in(1, 0x80, 0xbf) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef)
        return in(1, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf) && in(2, 0x80, 0xbf) ? 3 : 0;
    if (lead >= 0xf0 && lead <= 0xf4)
        return in(1, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf) && in(2, 0x80, 0xbf) && in(3, 0x80, 0xbf)
                   ? 4
                   : 0;
    return 0;
}

/// The code point that a valid sequence of that length writes.
char32_t code_point(std::string_view text, std::size_t length)
{
    constexpr std::array<unsigned, 5> lead_bits = {0, 0x7f, 0x1f, 0x0f, 0x07};
    char32_t point = static_cast<unsigned char>(text[0]) & lead_bits.at(length);
    for (std::size_t i = 1; i < length; ++i)
        point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
    return point;
}

/// While it lives, the C library knows of this thread's Unicode characters how wide they are.
class WidthsKnown {
public:
    WidthsKnown() : before_(::uselocale(unicode())) {}
    ~WidthsKnown() { ::uselocale(before_); }
    WidthsKnown(const WidthsKnown&) = delete;
    WidthsKnown& operator=(const WidthsKnown&) = delete;

private:
    static locale_t unicode()
    {
        static const auto known = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr); // for the program's life; 0 = none
        return known;
    }

    locale_t before_;
};

/// A character at the front of a text: how many bytes it has and how many columns it takes.
struct Character {
    std::size_t bytes;
    std::size_t columns;
};

Character first_character(std::string_view text)
{
    const auto length = utf8_sequence_length(text);
    if (length < 2)
        return {1, 1}; // ASCII, or a byte that is no character
    const int columns = ::wcwidth(static_cast<wchar_t>(code_point(text, length)));
    return {length, columns < 0 ? 1 : static_cast<std::size_t>(columns)};
}

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (const char letter : a) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, above + 1, diagonal + (letter == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

/// Of one UTF-8 sequence: C0, DEL, C1; the separators of lines and paragraphs; and what turns the direction of
/// writing (Unicode's property Bidi_Control), which shows a text as another one.
bool is_control(std::string_view character)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    switch (character.size()) {
    case 1:
        return byte(0) < 0x20 || byte(0) == 0x7f;
    case 2:
        return (byte(0) == 0xc2 && byte(1) < 0xa0) || character == "\u061c";
    case 3:
        return byte(0) == 0xe2 &&
               ((byte(1) == 0x80 && (byte(2) == 0x8e || byte(2) == 0x8f || (byte(2) >= 0xa8 && byte(2) <= 0xae))) ||
                (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9));
    default:
        return false;
    }
}

} // namespace

std::size_t display_width(std::string_view utf8)
{
    const WidthsKnown known;
    std::size_t width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto character = first_character(utf8.substr(at));
        at += character.bytes;
        width += character.columns;
    }
    return width;
}

std::size_t fitting(std::string_view utf8, std::size_t width)
{
    const WidthsKnown known;
    std::size_t at = 0;
    std::size_t used = 0;
    while (at < utf8.size()) {
        const auto character = first_character(utf8.substr(at));
        if (at > 0 && used + character.columns > width)
            break;
        at += character.bytes;
        used += character.columns;
    }
    return at;
}

std::string percent_encode(std::string_view text)
{
    std::string encoded;
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                std::string_view("-._~").find(c) != std::string_view::npos;
        if (unreserved)
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

bool is_valid_utf8(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto length = utf8_sequence_length(bytes);
        if (length == 0)
            return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string nearest(std::string_view word, const std::vector<std::string>& known)
{
    const std::size_t near = word.size() <= 3 ? 1 : std::max<std::size_t>(2, word.size() / 3);
    std::string best;
    std::size_t best_distance = near + 1;
    for (const auto& candidate : known) {
        const auto distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known)
{
    const auto best = nearest(word, known);
    return best.empty() ? "" : fmt::format(" (did you mean '{}'?)", best);
}

std::string_view whole_prefix(std::string_view utf8, std::size_t size)
{
    if (utf8.size() <= size)
        return utf8;
    while (size > 0 && (static_cast<unsigned char>(utf8[size]) & 0xc0) == 0x80)
        --size;
    return utf8.substr(0, size);
}

std::string printable(std::string_view text)
{
    return excerpt(text, text.size());
}

std::string excerpt(std::string_view text, std::size_t width)
{
    std::string shown;
    for (; !text.empty() && width > 0; --width) {
        const auto length = utf8_sequence_length(text);
        const auto character = text.substr(0, length);
        if (length == 0 || is_control(character))
            shown += length == 0 ? '?' : ' ';
        else
            shown += character;
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return text.empty() ? shown : shown + "…";
}

bool matches_glob(std::string_view name, std::string_view pattern)
{
    std::size_t n = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t star_name = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_name = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++star_name;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

} // namespace skurd

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <clocale>
#include <cwchar>
#include <numeric>
#include <utility>

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

/// First and last code point of each row of what is not seen, in order: controls; Unicode's properties Bidi_Control
/// and, of Default_Ignorable_Code_Point, what is no part of a written word.
constexpr auto unseen = std::to_array<std::pair<char32_t, char32_t>>({
    {0x0000, 0x001f},   // C0
    {0x007f, 0x009f},   // DEL, C1
    {0x00ad, 0x00ad},   // soft hyphen
    {0x034f, 0x034f},   // combining grapheme joiner
    {0x061c, 0x061c},   // Arabic letter mark
    {0x115f, 0x1160},   // Hangul fillers
    {0x17b4, 0x17b5},   // Khmer inherent vowels
    {0x180e, 0x180e},   // Mongolian vowel separator
    {0x200b, 0x200f},   // zero-width space, joiners; direction marks
    {0x2028, 0x202e},   // separators of lines and paragraphs; embeddings, overrides
    {0x2060, 0x206f},   // word joiner, invisible operators; isolates
    {0x3164, 0x3164},   // Hangul filler
    {0xfeff, 0xfeff},   // byte order mark
    {0xffa0, 0xffa0},   // halfwidth Hangul filler
    {0xfff9, 0xfffb},   // interlinear annotation
    {0xe0000, 0xe007f}, // tags
});

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

bool is_unseen(std::string_view character)
{
    if (character.size() == 1 && character.front() >= ' ' && character.front() < '\x7f')
        return false;
    const auto length = character.empty() ? 0 : utf8_sequence_length(character);
    if (length == 0)
        return false;
    const auto point = code_point(character, length);
    const auto* row =
        std::find_if(unseen.begin(), unseen.end(), [&](const auto& one) { return point <= one.second; });
    return row != unseen.end() && point >= row->first;
}

std::string escape_unseen(std::string_view made, EscapeForm form)
{
    const bool is_json = form == EscapeForm::json;
    std::string escaped;
    escaped.reserve(made.size());
    while (!made.empty()) {
        const auto length = std::max<std::size_t>(utf8_sequence_length(made), 1);
        const auto character = made.substr(0, length);
        made.remove_prefix(length);
        if ((is_json && character == "\n") || !is_unseen(character)) {
            escaped += character;
            continue;
        }
        const auto point = static_cast<std::uint32_t>(code_point(character, length));
        if (point <= 0xffff)
            escaped += fmt::format(R"(\u{:04x})", point);
        else if (is_json) // as two surrogates
            escaped += fmt::format(R"(\u{:04x}\u{:04x})", 0xd7c0U + (point >> 10U), 0xdc00U + (point & 0x3ffU));
        else
            escaped += fmt::format(R"(\U{:08x})", point);
    }
    return escaped;
}

std::string toml_quoted(std::string_view text)
{
    const auto inside = replace_all(replace_all(std::string(text), R"(\)", R"(\\)"), R"(")", R"(\")");
    return '"' + escape_unseen(inside, EscapeForm::toml) + '"';
}

std::string printable(std::string_view text)
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; }))
        return std::string(text);
    return excerpt(text, text.size());
}

std::string shortened(std::string_view text, std::size_t size)
{
    if (text.size() <= size)
        return std::string(text);
    constexpr std::size_t note_size = 50;
    const auto shown = whole_prefix(text, size - note_size);
    return fmt::format("{}… ({} more bytes)", shown, text.size() - shown.size());
}

std::string excerpt(std::string_view text, std::size_t width)
{
    std::string shown;
    for (; !text.empty() && width > 0; --width) {
        const auto length = utf8_sequence_length(text);
        const auto character = text.substr(0, length);
        if (length == 0 || is_unseen(character))
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

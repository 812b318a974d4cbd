// What is taken out of a response before it is given away.
//
// JSON is not parsed and written anew: a bundle is worth something because its bytes are those of the source, with
// their order, their 4.0 and their escapes. So the text is walked string by string. A string that a colon follows is
// a member's name; where it says contact, the value behind it (a string, a bracketed whole, or a word) is passed
// over and an empty one of its kind is written. Strings are passed over as a whole, so brackets in them do not count.
// A text that is cut somewhere is walked to its end, whatever it is.
#include "run/redaction.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::string_view removed_mail = "removed@example.org";
constexpr std::string_view removed_secret = "REMOVED";
constexpr std::string_view blanks = " \t\r\n";

bool is_one_of(char c, std::string_view set)
{
    return set.find(c) != std::string_view::npos;
}

std::size_t past_blanks(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_not_of(blanks, at), text.size());
}

/// The position behind the string that begins there.
std::size_t past_string(std::string_view text, std::size_t at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\')
            ++at;
    return std::min(at + 1, text.size());
}

/// The position behind the value that begins there.
std::size_t past_value(std::string_view text, std::size_t at)
{
    if (at < text.size() && text[at] == '"')
        return past_string(text, at);
    if (at >= text.size() || !is_one_of(text[at], "[{"))
        return std::min(text.find_first_of(",]} \t\r\n", at), text.size());
    std::size_t depth = 0;
    while (at < text.size()) {
        if (text[at] == '"') {
            at = past_string(text, at);
            continue;
        }
        depth += is_one_of(text[at], "[{") ? 1 : 0;
        if (is_one_of(text[at++], "]}") && --depth == 0)
            break;
    }
    return at;
}

std::string_view empty_of_kind(char first)
{
    switch (first) {
    case '[':
        return "[]";
    case '{':
        return "{}";
    case '"':
        return "\"\"";
    default:
        return "null";
    }
}

std::string without_contacts(std::string_view text)
{
    std::string kept;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] != '"') {
            kept += text[at++];
            continue;
        }
        const auto end = past_string(text, at);
        const auto name = to_lower(text.substr(at, end - at));
        kept += text.substr(at, end - at);
        at = end;
        const auto colon = past_blanks(text, end);
        if ((name != "\"contact\"" && name != "\"contacts\"") || colon == text.size() || text[colon] != ':')
            continue;
        const auto value = past_blanks(text, colon + 1);
        kept += text.substr(end, value - end);
        if (value < text.size())
            kept += empty_of_kind(text[value]);
        at = past_value(text, value);
    }
    return kept;
}

bool is_json(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    const auto first = past_blanks(text, 0);
    return first < text.size() && is_one_of(text[first], "[{");
}

bool is_mail_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || is_one_of(c, "._%+-");
}

std::string without_mail(std::string_view text)
{
    std::string kept;
    std::size_t from = 0; // of what is not kept yet
    for (auto sign = text.find('@'); sign != std::string_view::npos; sign = text.find('@', sign + 1)) {
        auto begin = sign;
        while (begin > from && is_mail_character(text[begin - 1]))
            --begin;
        auto end = sign + 1;
        while (end < text.size() && is_mail_character(text[end]))
            ++end;
        const auto host = text.substr(sign + 1, end - sign - 1);
        if (begin == sign || host.find('.') == std::string_view::npos)
            continue;
        kept += text.substr(from, begin - from);
        kept += removed_mail;
        from = end;
    }
    kept += text.substr(from);
    return kept;
}

} // namespace

std::string redacted(std::string_view body, const std::vector<std::string>& secrets)
{
    auto text = without_mail(is_json(body) ? without_contacts(body) : std::string(body));
    for (const auto& secret : secrets)
        if (!secret.empty())
            text = replace_all(std::move(text), secret, removed_secret);
    return text;
}

} // namespace skurd

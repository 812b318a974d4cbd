#include "decode/pattern.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/table_value.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// The beginning of a text that is looked at.
std::string_view head(std::string_view text)
{
    return whole_prefix(text, Pattern::size_max);
}

} // namespace

Pattern::Pattern(const std::string& pattern, Bounded bounded) : text_(pattern), expression_(pattern, bounded) {}

bool Pattern::matches(std::string_view text) const
{
    return !expression_.search(head(text)).empty();
}

std::optional<std::string> Pattern::find(std::string_view text) const
{
    const auto match = expression_.search(head(text));
    if (match.empty())
        return std::nullopt;
    return std::string(trim_cell(match.size() > 1 ? match[1] : match[0]));
}

std::vector<std::string> Pattern::groups(std::string_view text) const
{
    const auto match = expression_.search(head(text));
    std::vector<std::string> groups;
    for (std::size_t i = match.size() > 1 ? 1 : 0; i < match.size(); ++i)
        groups.emplace_back(trim_cell(match[i]));
    return groups;
}

std::vector<Pattern> patterns(const std::vector<std::string>& texts)
{
    return {texts.begin(), texts.end()};
}

Pattern make_pattern(const Section& section, std::string_view key, const std::string& pattern)
{
    try {
        return Pattern(pattern, Pattern::Bounded::each_search);
    } catch (const Error& failure) {
        section.fail(key, failure.what());
    }
}

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text)
{
    return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return pattern.matches(text); });
}

} // namespace skurd

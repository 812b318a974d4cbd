#include "decode/pattern.hpp"

#include "base/error.hpp"
#include "decode/table_value.hpp"

#include <algorithm>

namespace skurd {

namespace {

std::regex compile(const std::string& pattern)
{
    try {
        return std::regex(pattern);
    } catch (const std::regex_error& failure) {
        throw error("'{}' is not a regular expression: {}", pattern, failure.what());
    }
}

/// A cell may make a pattern cost more than std::regex allows.
bool search(std::string_view text, std::cmatch& match, const std::regex& regex)
{
    const auto head = text.substr(0, Pattern::size_max);
    try {
        return std::regex_search(head.data(), head.data() + head.size(), match, regex);
    } catch (const std::regex_error& failure) {
        throw error("'{}' cannot be compared with a pattern: {}", quotable(text), failure.what());
    }
}

} // namespace

Pattern::Pattern(const std::string& pattern) : text_(pattern), regex_(compile(pattern)) {}

bool Pattern::matches(std::string_view text) const
{
    std::cmatch match;
    return search(text, match, regex_);
}

std::optional<std::string> Pattern::find(std::string_view text) const
{
    std::cmatch match;
    if (!search(text, match, regex_))
        return std::nullopt;
    return std::string(trim_cell(match.size() > 1 ? match[1].str() : match[0].str()));
}

std::vector<std::string> Pattern::groups(std::string_view text) const
{
    std::cmatch match;
    std::vector<std::string> groups;
    if (!search(text, match, regex_))
        return groups;
    for (std::size_t i = match.size() > 1 ? 1 : 0; i < match.size(); ++i)
        groups.emplace_back(trim_cell(match[i].str()));
    return groups;
}

std::vector<Pattern> patterns(const std::vector<std::string>& texts)
{
    return {texts.begin(), texts.end()};
}

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text)
{
    return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) { return pattern.matches(text); });
}

} // namespace skurd

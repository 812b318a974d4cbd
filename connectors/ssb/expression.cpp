#include "connectors/ssb/expression.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace skurd {

namespace {

using Positions = std::vector<std::size_t>;

std::size_t require_count(std::string_view text, std::size_t least, std::string_view expression)
{
    std::size_t count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    if (!all_digits(text) || read.ec != std::errc() || count < least)
        throw error("'{}' is not an expression: '{}' should be a whole number of at least {}", expression, text,
                    least);
    return count;
}

Positions from_to(std::size_t first, std::size_t last)
{
    if (first > last)
        std::swap(first, last);
    Positions positions(last - first + 1);
    std::iota(positions.begin(), positions.end(), first);
    return positions;
}

} // namespace

/// "range(2010,2015)" in parts.
struct Selectable::Call {
    std::string name;
    std::vector<std::string_view> arguments;
};

Selectable::Selectable(const Dimension& dimension) : dimension_(dimension)
{
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        positions_.emplace(to_lower(dimension.categories[i].code), i);
}

std::optional<std::size_t> Selectable::find(std::string_view code) const
{
    const auto found = positions_.find(to_lower(code));
    return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t Selectable::require(std::string_view code) const
{
    if (const auto position = find(code))
        return *position;
    std::vector<std::string> known;
    for (const auto& category : dimension_.categories)
        known.push_back(category.code);
    throw error("there is no code '{}' in {}{}", code, dimension_.id, did_you_mean(code, known));
}

std::optional<Selectable::Call> Selectable::parse_call(std::string_view text)
{
    const auto open = text.find('(');
    if (open == text.npos || !text.ends_with(')'))
        return std::nullopt;
    const auto name = to_lower(text.substr(0, open));
    constexpr std::string_view known[] = {"top", "bottom", "from", "to", "range"};
    if (std::find(std::begin(known), std::end(known), name) == std::end(known))
        return std::nullopt;
    return Call{name, split(text.substr(open + 1, text.size() - open - 2), ',')};
}

Positions Selectable::counted(const Call& call, std::string_view expression) const
{
    if (call.arguments.size() > 2)
        throw error("'{}' is not an expression: {} takes a count and how many to skip", expression, call.name);
    const auto size = dimension_.categories.size();
    const auto skip = call.arguments.size() == 2 ? require_count(call.arguments[1], 0, expression) : 0;
    const auto count = std::min(require_count(call.arguments[0], 1, expression), size - std::min(skip, size));
    if (count == 0)
        return {};
    const bool at_end = (call.name == "top") == (dimension_.role == Role::time);
    return at_end ? from_to(size - skip - count, size - skip - 1) : from_to(skip, skip + count - 1);
}

Positions Selectable::called(const Call& call, std::string_view expression) const
{
    if (call.name == "top" || call.name == "bottom")
        return counted(call, expression);
    const std::size_t arguments = call.name == "range" ? 2 : 1;
    if (call.arguments.size() != arguments)
        throw error("'{}' is not an expression: {} takes {} code{}", expression, call.name, arguments,
                    arguments == 1 ? "" : "s");
    const auto first = require(call.arguments.front());
    if (call.name == "from")
        return from_to(first, dimension_.categories.size() - 1);
    if (call.name == "to")
        return from_to(0, first);
    return from_to(first, require(call.arguments.back()));
}

Positions Selectable::matching(std::string_view pattern) const
{
    if (pattern.size() > 2 && pattern.substr(1, pattern.size() - 2).find('*') != pattern.npos)
        throw error("'{}' is not an expression: '*' may stand at the ends only", pattern);
    Positions positions;
    for (std::size_t i = 0; i < dimension_.categories.size(); ++i)
        if (matches_glob(to_lower(dimension_.categories[i].code), to_lower(pattern)))
            positions.push_back(i);
    return positions;
}

Positions Selectable::resolve(std::string_view expression) const
{
    if (const auto position = find(expression))
        return {*position};
    if (dimension_.categories.empty())
        throw error("the metadata lists no codes in {}", dimension_.id);
    if (const auto call = parse_call(expression))
        return called(*call, expression);
    if (expression.find_first_of("*?") != expression.npos)
        return matching(expression);
    return {require(expression)};
}

} // namespace skurd

#include "connectors/pxweb/expression.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/pattern.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace skurd {

namespace {

using Positions = std::vector<std::size_t>;

constexpr std::string_view label_name = "label(";
constexpr std::size_t shown_labels_max = 8;

Pattern read_pattern(const std::string& pattern, std::string_view expression)
{
    try {
        return Pattern("(?i)" + pattern);
    } catch (const Error& failure) {
        throw error("'{}': {}", expression, failure.what());
    }
}

std::size_t require_count(std::string_view text, std::size_t least, std::string_view expression)
{
    std::size_t count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    if (!all_digits(text) || read.ec != std::errc() || count < least)
        throw error("'{}' is not an expression: '{}' should be a whole number of at least {}", expression, text,
                    least);
    return count;
}

/// The positions from one place in an order to another, ascending.
Positions from_to(const Positions& order, std::size_t first, std::size_t last)
{
    if (first > last)
        std::swap(first, last);
    Positions positions(order.begin() + static_cast<std::ptrdiff_t>(first),
                        order.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    std::sort(positions.begin(), positions.end());
    return positions;
}

} // namespace

/// "range(2010,2015)" in parts.
struct Selectable::Call {
    std::string name;
    std::vector<std::string_view> arguments;
};

Selectable::Selectable(const Dimension& dimension, const PeriodHints& periods)
    : dimension_(dimension), order_(dimension.categories.size())
{
    if (dimension.role == Role::time)
        order_ = time_order(dimension, periods);
    else
        std::iota(order_.begin(), order_.end(), std::size_t(0));
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        if (positions_.emplace(dimension.categories[i].code, i).second)
            folded_[to_lower(dimension.categories[i].code)].push_back(i);
}

std::optional<std::size_t> Selectable::find(std::string_view code) const
{
    if (const auto exact = positions_.find(code); exact != positions_.end())
        return exact->second;
    const auto folded = folded_.find(to_lower(code));
    return folded == folded_.end() || folded->second.size() > 1 ? std::nullopt
                                                                : std::optional(folded->second.front());
}

bool Selectable::is_listed_in_order() const
{
    return std::is_sorted(order_.begin(), order_.end());
}

bool Selectable::lacks(std::string_view text) const
{
    return dimension_.role != Role::time && !is_expression(text) && !folded_.contains(to_lower(text));
}

std::size_t Selectable::require(std::string_view code) const
{
    if (const auto position = find(code))
        return *position;
    if (const auto folded = folded_.find(to_lower(code)); folded != folded_.end()) {
        std::vector<std::string> alike;
        for (const auto position : folded->second)
            alike.push_back(dimension_.categories[position].code);
        throw error("'{}' may be several codes of {} that differ by letters' case alone: {}", code, dimension_.id,
                    join(alike, ", "));
    }
    std::vector<std::string> known;
    for (const auto& category : dimension_.categories)
        known.push_back(category.code);
    throw error("there is no code '{}' in {}{}", code, dimension_.id, did_you_mean(code, known));
}

std::optional<Selectable::Call> Selectable::parse_call(std::string_view text)
{
    if (!is_ordered_expression(text))
        return std::nullopt;
    const auto open = text.find('(');
    return Call{to_lower(text.substr(0, open)), split(text.substr(open + 1, text.size() - open - 2), ',')};
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
    return at_end ? from_to(order_, size - skip - count, size - skip - 1) : from_to(order_, skip, skip + count - 1);
}

Positions Selectable::called(const Call& call, std::string_view expression) const
{
    if (call.name == "top" || call.name == "bottom")
        return counted(call, expression);
    const std::size_t arguments = call.name == "range" ? 2 : 1;
    if (call.arguments.size() != arguments)
        throw error("'{}' is not an expression: {} takes {} code{}", expression, call.name, arguments,
                    arguments == 1 ? "" : "s");
    const auto place = [&](std::size_t position) {
        return static_cast<std::size_t>(std::find(order_.begin(), order_.end(), position) - order_.begin());
    };
    const auto first = place(require(call.arguments.front()));
    if (call.name == "from")
        return from_to(order_, first, order_.size() - 1);
    if (call.name == "to")
        return from_to(order_, 0, first);
    return from_to(order_, first, place(require(call.arguments.back())));
}

Positions Selectable::matching(std::string_view pattern) const
{
    if (pattern.size() > 2 && pattern.substr(1, pattern.size() - 2).find('*') != std::string::npos)
        throw error("'{}' is not an expression: '*' may stand at the ends only", pattern);
    Positions positions;
    for (std::size_t i = 0; i < dimension_.categories.size(); ++i)
        if (matches_glob(to_lower(dimension_.categories[i].code), to_lower(pattern)))
            positions.push_back(i);
    return positions;
}

std::size_t Selectable::labelled(const std::string& pattern, std::string_view expression) const
{
    const auto regex = read_pattern(pattern, expression);
    Positions hits;
    for (std::size_t i = 0; i < dimension_.categories.size(); ++i)
        if (regex.matches(dimension_.categories[i].label))
            hits.push_back(i);
    if (hits.size() == 1)
        return hits.front();
    Positions shown = hits;
    if (hits.empty()) {
        shown.resize(dimension_.categories.size());
        std::iota(shown.begin(), shown.end(), 0);
    }
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < std::min(shown.size(), shown_labels_max); ++i) {
        const auto& category = dimension_.categories[shown[i]];
        labels.push_back(fmt::format("{} '{}'", category.code, excerpt(category.label)));
    }
    throw error("'{}' must match one label of {} and matches {}; {}: {}{}", expression, dimension_.id,
                hits.empty() ? "none" : std::to_string(hits.size()), hits.empty() ? "it has" : "they are",
                join(labels, ", "), shown.size() > labels.size() ? ", …" : "");
}

Positions Selectable::resolve(std::string_view expression) const
{
    if (const auto position = find(expression))
        return {*position};
    if (dimension_.categories.empty())
        throw error("the metadata lists no codes in {}", dimension_.id);
    if (is_label_expression(expression))
        return {labelled(std::string(expression.substr(label_name.size(), expression.size() - label_name.size() - 1)),
                         expression)};
    if (const auto call = parse_call(expression))
        return called(*call, expression);
    if (expression.find_first_of("*?") != std::string::npos)
        return matching(expression);
    return {require(expression)};
}

const Dimension& require_dimension(const Cube& metadata, const std::string& name)
{
    if (const auto* found = metadata.find(name))
        return *found;
    Dimension all;
    all.id = "the table's dimensions";
    std::vector<std::string> ids;
    for (const auto& dimension : metadata.dimensions) {
        ids.push_back(dimension.id);
        all.categories.push_back({dimension.id, dimension.label, "", std::nullopt});
    }
    if (is_label_expression(name))
        return metadata.dimensions[Selectable(all).resolve(name).front()];
    throw error("there is no dimension '{}'; it has {}", name, join(ids, ", "));
}

std::string text_on_gone(const std::string& dimension, const std::vector<std::string>& codes)
{
    return fmt::format("left out, since the source no longer has it: {} of {}; take it out of the job",
                       join(codes, ", "), dimension);
}

bool is_label_expression(std::string_view text)
{
    return to_lower(text).starts_with(label_name) && text.ends_with(')') && text.size() > label_name.size() + 1;
}

bool is_ordered_expression(std::string_view text)
{
    const auto open = text.find('(');
    constexpr std::string_view names[] = {"top", "bottom", "from", "to", "range"};
    return open != std::string::npos && text.ends_with(')') &&
           std::find(std::begin(names), std::end(names), to_lower(text.substr(0, open))) != std::end(names);
}

bool is_expression(std::string_view text)
{
    const bool is_label = to_lower(text).starts_with(label_name) && text.ends_with(')');
    return text.find_first_of("*?") != std::string::npos || is_ordered_expression(text) || is_label;
}

std::optional<std::size_t> top_count(std::string_view text)
{
    if (!to_lower(text).starts_with("top(") || !text.ends_with(')'))
        return std::nullopt;
    const auto digits = text.substr(4, text.size() - 5);
    return all_digits(digits) && digits.size() < 8 ? std::optional<std::size_t>(std::stoul(std::string(digits)))
                                                   : std::nullopt;
}

} // namespace skurd

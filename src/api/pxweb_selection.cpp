#include "api/pxweb_selection.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <optional>
#include <set>
#include <unordered_map>

namespace skurd {

namespace {

constexpr std::size_t pattern_bytes_max = 200;

/// "range(2018,2020)": a name and what is in its brackets.
struct Expression {
    std::string name;
    std::vector<std::string> arguments;
};

std::optional<Expression> read_expression(std::string_view text)
{
    const auto open = text.find('(');
    if (open == std::string_view::npos || !text.ends_with(')'))
        return std::nullopt;
    Expression found{to_lower(trim(text.substr(0, open))), {}};
    for (const auto argument : split(text.substr(open + 1, text.size() - open - 2), ','))
        found.arguments.push_back(to_lower(trim(argument)));
    return found;
}

/// Selects among the codes of one dimension.
class CodeSelector {
public:
    CodeSelector(const std::vector<std::string>& codes, CodeOrder order) : order_(order)
    {
        for (std::size_t i = 0; i < codes.size(); ++i) {
            lower_.push_back(to_lower(codes[i]));
            exact_.emplace(codes[i], i);
            places_.emplace(lower_.back(), i);
        }
    }

    void add(const std::string& expression)
    {
        const auto before = found_.size();
        if (const auto exact = exact_.find(expression); exact != exact_.end()) {
            found_.insert(exact->second);
            return;
        }
        const auto lower = to_lower(expression);
        if (const auto place = places_.find(lower); place != places_.end())
            found_.insert(place->second);
        else if (const auto parsed = read_expression(expression))
            add(*parsed, expression);
        else if (lower.find_first_of("*?") != std::string::npos)
            add_matching(lower);
        else
            throw pxweb_error("Non-existent value", "'{}'", excerpt(expression));
        if (found_.size() == before && places_.empty())
            throw pxweb_error("Non-existent value", "'{}' selects nothing", excerpt(expression));
    }

    std::vector<std::size_t> take() const { return {found_.begin(), found_.end()}; }

private:
    void add_matching(const std::string& pattern)
    {
        if (pattern.size() > pattern_bytes_max)
            throw pxweb_error("Illegal selection expression", "a pattern of more than {} bytes", pattern_bytes_max);
        for (std::size_t i = 0; i < lower_.size(); ++i)
            if (matches_glob(lower_[i], pattern))
                found_.insert(i);
    }

    void add(const Expression& expression, const std::string& text)
    {
        const auto& [name, arguments] = expression;
        const bool is_count = name == "top" || name == "bottom";
        const auto wanted = name == "range" ? 2U : 1U;
        if (arguments.empty() || (is_count ? arguments.size() > 2 : arguments.size() != wanted) ||
            !(is_count || name == "range" || name == "from" || name == "to"))
            throw pxweb_error("Illegal selection expression", "'{}'", excerpt(text));
        if (is_count)
            return add_end(name == "top", arguments, text);
        const auto first = place_of(arguments.front());
        const auto last = name == "range" ? place_of(arguments.back()) : first;
        const auto from = name == "to" ? 0 : std::min(first, last);
        const auto to = name == "from" ? lower_.size() - 1 : std::max(first, last);
        for (auto i = from; i <= to; ++i)
            found_.insert(i);
    }

    /// Of time the top is the newest.
    void add_end(bool is_top, const std::vector<std::string>& arguments, const std::string& text)
    {
        const auto count = positive_number(arguments.front());
        const auto skipped = arguments.size() < 2 || arguments[1] == "0" ? std::optional<std::int64_t>(0)
                                                                         : positive_number(arguments[1]);
        if (!count || !skipped)
            throw pxweb_error("Illegal selection expression", "'{}'", excerpt(text));
        const auto size = lower_.size();
        const auto from = std::min(static_cast<std::size_t>(*skipped), size);
        const auto until = from + std::min(static_cast<std::size_t>(*count), size - from);
        const bool at_the_end = is_top == (order_ == CodeOrder::time);
        for (auto i = from; i < until; ++i)
            found_.insert(at_the_end ? size - 1 - i : i);
    }

    std::size_t place_of(const std::string& code) const
    {
        const auto place = places_.find(code);
        if (place == places_.end())
            throw pxweb_error("Non-existent value", "'{}'", excerpt(code));
        return place->second;
    }

    CodeOrder order_;
    std::vector<std::string> lower_;
    std::unordered_map<std::string, std::size_t> exact_;
    std::unordered_map<std::string, std::size_t> places_; ///< in lower case
    std::set<std::size_t> found_;
};

} // namespace

std::vector<std::string> split_expressions(std::string_view text)
{
    std::vector<std::string> found;
    std::string one;
    bool is_in_brackets = false;
    for (const char c : text) {
        if (c == '[' && one.empty() && !is_in_brackets) {
            is_in_brackets = true;
        } else if (c == ']' && is_in_brackets) {
            is_in_brackets = false;
        } else if (c == ',' && !is_in_brackets) {
            found.push_back(std::exchange(one, {}));
        } else {
            one += c;
        }
    }
    found.push_back(std::move(one));
    for (auto& expression : found)
        expression = std::string(trim(expression));
    std::erase(found, "");
    return found;
}

std::vector<std::size_t> select_codes(const std::vector<std::string>& codes, CodeOrder order,
                                      const std::vector<std::string>& expressions)
{
    CodeSelector selector(codes, order);
    for (const auto& expression : expressions)
        selector.add(expression);
    return selector.take();
}

} // namespace skurd

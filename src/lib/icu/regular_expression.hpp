#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct URegularExpression;

namespace skurd {

/// A regular expression of ICU (unicode-org.github.io/icu/userguide/strings/regexp.html): what ECMAScript has, on
/// characters instead of bytes. What a search may cost is bounded by steps, not by time, and takes no stack, so the
/// same text is always answered alike, whatever the expression. For one thread.
class RegularExpression {
public:
    /// What is bounded beside each search.
    enum class Bounded {
        searches_together, ///< for an expression of one file; searches of under 10 000 steps are not counted
        each_search,       ///< nothing: for one that lives as long as the program
    };

    /// Throws Error for what is no regular expression, with the place.
    explicit RegularExpression(const std::string& pattern, Bounded bounded = Bounded::searches_together);

    /// The first match in a UTF-8 text and what its groups matched, parts of the text; empty where there is none.
    /// Throws Error when the search costs too much, or all that cost something do together.
    std::vector<std::string_view> search(std::string_view text) const;

private:
    /// ICU calls it after each 10 000 steps of a search; false ends that.
    static signed char count(const void* spent, std::int32_t steps);

    struct Close {
        void operator()(URegularExpression* expression) const noexcept;
    };
    std::unique_ptr<URegularExpression, Close> expression_; ///< is also where a search stands
    Bounded bounded_;
    std::unique_ptr<int> spent_; ///< of all searches, in units of 10 000 steps; ICU has its address
};

} // namespace skurd

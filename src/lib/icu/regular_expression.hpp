#pragma once

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
    /// Throws Error for what is no regular expression, with the place.
    explicit RegularExpression(const std::string& pattern);

    /// The first match in a UTF-8 text and what its groups matched, parts of the text; empty where there is none.
    /// Throws Error when the search costs too much.
    std::vector<std::string_view> search(std::string_view text) const;

private:
    struct Close {
        void operator()(URegularExpression* expression) const noexcept;
    };
    std::unique_ptr<URegularExpression, Close> expression_; ///< is also where a search stands
};

} // namespace skurd

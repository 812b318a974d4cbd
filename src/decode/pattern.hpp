#pragma once

#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A regular expression of a layout (ECMAScript), searched for in cells. Looks at the first 1000 bytes of a text
/// only: std::regex goes as deep as the text is long.
class Pattern {
public:
    static constexpr std::size_t size_max = 1000;

    /// Throws Error for what is no regular expression.
    explicit Pattern(const std::string& pattern);

    bool matches(std::string_view text) const;
    /// The first group, or without one the whole match, trimmed; nothing where it does not match.
    std::optional<std::string> find(std::string_view text) const;
    /// All of its groups, trimmed; without any the whole match. Empty where it does not match.
    std::vector<std::string> groups(std::string_view text) const;
    const std::string& text() const { return text_; }

private:
    std::string text_;
    std::regex regex_;
};

/// One Pattern for each text.
std::vector<Pattern> patterns(const std::vector<std::string>& texts);

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text);

} // namespace skurd

#pragma once

#include "config/section.hpp"
#include "lib/icu/regular_expression.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A regular expression of a layout, searched for in cells: in the first 1000 bytes of a text only, as what a search
/// costs may grow with the square of that. One that costs too much all the same ends in an Error. (Not std::regex: it
/// goes as deep as a text is long, takes forever for '(a*)*b', and splits letters of more than one byte.)
class Pattern {
public:
    static constexpr std::size_t size_max = 1000;

    using Bounded = RegularExpression::Bounded;

    /// Throws Error for what is no regular expression.
    explicit Pattern(const std::string& pattern, Bounded bounded = Bounded::searches_together);

    bool matches(std::string_view text) const;
    /// The first group, or without one the whole match, trimmed; nothing where it does not match.
    std::optional<std::string> find(std::string_view text) const;
    /// All of its groups, trimmed; without any the whole match. Empty where it does not match.
    std::vector<std::string> groups(std::string_view text) const;
    const std::string& text() const { return text_; }

private:
    std::string text_;
    RegularExpression expression_;
};

/// One Pattern for each text.
std::vector<Pattern> patterns(const std::vector<std::string>& texts);

/// The pattern that stands at a key of a configuration file, which lives as long as that is in force; an Error there
/// (usage, with file:line) for what is no regular expression.
Pattern make_pattern(const Section& section, std::string_view key, const std::string& pattern);

bool any_matches(const std::vector<Pattern>& patterns, std::string_view text);

} // namespace skurd

#include "model/flag.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::array<std::string_view, 10> kind_words = {"threshold", "revision", "break", "withdrawn", "overdue",
                                                         "frozen",    "replaced", "drift", "suspect",   "quarantine"};
constexpr std::array<std::string_view, 3> state_words = {"open", "acknowledged", "closed"};

} // namespace

std::string_view to_string(FlagKind kind)
{
    return kind_words[static_cast<std::size_t>(kind)];
}

std::optional<FlagKind> flag_kind_from(std::string_view word)
{
    const auto found = std::find(kind_words.begin(), kind_words.end(), word);
    return found == kind_words.end() ? std::nullopt : std::optional(FlagKind(found - kind_words.begin()));
}

std::string_view to_string(FlagState state)
{
    return state_words[static_cast<std::size_t>(state)];
}

} // namespace skurd

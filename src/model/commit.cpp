#include "model/commit.hpp"

#include <array>

namespace skurd {

std::string_view to_string(CommitKind kind)
{
    static constexpr std::array<std::string_view, 8> words = {"vintage", "label",      "indicator value", "verdict",
                                                              "flag",    "annotation", "correction",      "sign-off"};
    return words[static_cast<std::size_t>(kind)];
}

} // namespace skurd

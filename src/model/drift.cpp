#include "model/drift.hpp"

#include <array>

namespace skurd {

std::string_view to_string(Severity severity)
{
    static constexpr std::array<std::string_view, 3> words = {"harmless", "blocks series", "blocks dataset"};
    return words[static_cast<std::size_t>(severity)];
}

} // namespace skurd

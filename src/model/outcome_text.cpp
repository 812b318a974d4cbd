#include "model/outcome_text.hpp"

#include <array>

namespace skurd {

OutcomeStyle outcome_style(Outcome outcome, Direction direction)
{
    static constexpr std::array<OutcomeStyle, 8> looks = {{
        {"✓", "grønn", "green", "32"},
        {"✗", "rød", "red", "31"},
        {"=", "gul", "yellow", "33"},
        {"↑", "økt", "increased", "36"},
        {"↓", "redusert", "decreased", "36"},
        {"·", "grå", "grey", "90"},
        {"≠", "grå", "grey", "90"},
        {"○", "uvurdert", "not judged", "90"},
    }};
    if (outcome == Outcome::unchanged && direction == Direction::neutral)
        return {"=", "uendret", "unchanged", "33"};
    return looks[static_cast<std::size_t>(outcome)];
}

} // namespace skurd

#pragma once

#include "base/number_text.hpp"
#include "model/verdict.hpp"

#include <string_view>

namespace skurd {

/// How an outcome looks to people: the one place that says so.
struct OutcomeStyle {
    std::string_view sign; ///< one column wide, different for each outcome, so that colour is never needed
    std::string_view nb;   ///< "grønn"; "økt", "uendret" where there is no desired direction
    std::string_view en;
    std::string_view ansi; ///< the colour as the digits of an SGR sequence: "32"

    std::string_view word(Language language) const { return language == Language::nb ? nb : en; }
};

OutcomeStyle outcome_style(Outcome outcome, Direction direction);

} // namespace skurd

#pragma once

#include "model/observation.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include <optional>
#include <vector>

namespace skurd {

/// A cell that two releases of one dataset say different things about.
struct CellDifference {
    Codes codes; ///< in the second's order
    Period period;
    std::optional<Value> before; ///< nothing: the first says nothing of it
    std::optional<Value> after;
};

/// Where the second differs from the first. Numbers are compared by value: 4.5 is 4.50. Throws Error when their
/// dimensions are not the same.
std::vector<CellDifference> difference(const Release& before, const Release& after);

} // namespace skurd

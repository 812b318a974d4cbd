#pragma once

#include "model/observation.hpp"

#include <cstddef>
#include <vector>

namespace skurd {

/// Puts the cells of a cube, [before][period][after], in the order of a release, [before][after][period ascending],
/// in place: a table of a million cells is not held twice. rank[i], a permutation, is where the cube's i-th period
/// belongs among the ascending ones; rank.size() * after divides cells.size().
void to_grid(std::vector<Cell>& cells, std::size_t after, const std::vector<std::size_t>& rank);

} // namespace skurd

#pragma once

#include "model/cube.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace skurd {

/// Puts the parts of one release together: the answers to a query that was split, since it was too large for one.
/// The parts have the same dimensions, in any order, each with some of the categories; the whole has all of them, in
/// the order in which the parts bring them. A combination that is in no part is absent.
///
/// Throws Error for parts that are not of one piece: other dimensions, another time of update, one category with two
/// labels or units, a cell in two parts; and for a whole of more than `cells_max` cells, present or absent, or 2^40.
/// One part is given back as it is.
Cube join_cubes(std::vector<Cube> parts, std::size_t cells_max = SIZE_MAX);

} // namespace skurd

#pragma once

#include "model/vintage.hpp"

#include <vector>

namespace skurd {

/// Leaves of the versions of cells, in the order of a history, those that had been published and seen by then, each
/// superseded by what was there. A version that says what the one before it says is none: it stands there because of
/// a release that was seen later. Nothing happens where neither clock is given.
void keep_versions_as_of(std::vector<Observation>& versions, const AsOf& as_of);

} // namespace skurd

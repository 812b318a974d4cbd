#pragma once

#include "decode/layout/layout_finding.hpp"
#include "model/cube.hpp"

namespace skurd {

/// What a decoded cube shows of a wrong guess: periods of no known form, of several kinds, or two texts of one
/// period; codes with decimals; categories that begin with zeros among values.
void prove_cube(const Cube& cube, LayoutFindings& findings);

} // namespace skurd

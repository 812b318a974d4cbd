#pragma once

#include "model/cube.hpp"
#include "model/release.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Turns a cube into a release: one of its dimensions becomes periods, ascending; the others span the series, in the
/// cube's order; symbols get the source's meanings. Cells are moved, not copied, and ordered in place.
///
/// Time is `conventions.time_dimension`, else the one dimension with Role::time. A symbol that means nil and stands
/// without a number is a true zero and becomes the number 0, with its symbol; nothing else ever becomes a
/// number. Appends to notes, for the run record, each symbol without a meaning and each that stands beside a number
/// although it says there is none, with an example cell, how the periods are read where that was a choice
/// (PeriodNotation), and how many of them stay text.
///
/// Throws Error when there is no time dimension or more than one (naming those there are), a period is empty, two
/// codes are one period, nothing tells what a period is (PeriodNotation), two dimensions have one id, or the cube is
/// a description without cells.
Release normalise(Cube cube, const Conventions& conventions, const std::string& dataset, Coverage coverage,
                  std::vector<std::string>& notes);

/// The same for the parts of a release. Throws Error when they are not exactly one: parts cannot be merged yet.
Release normalise(std::vector<Cube> cubes, const Conventions& conventions, const std::string& dataset,
                  Coverage coverage, std::vector<std::string>& notes);

} // namespace skurd

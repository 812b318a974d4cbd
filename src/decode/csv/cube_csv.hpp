#pragma once

#include "base/csv_writer.hpp"
#include "model/cube.hpp"

#include <string>

namespace skurd {

/// Appends a cube as long CSV: a header line, then one line per cell in the cube's order. A column per dimension,
/// headed by its id and holding codes; then `value`, the source's digits or nothing; then `status`, its symbol.
void write_cube_csv(const Cube& cube, CsvWriter& out);
/// The same, in the dialect raw: what decode_long_csv() reads back.
void write_cube_csv(const Cube& cube, std::string& out);

} // namespace skurd

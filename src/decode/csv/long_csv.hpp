#pragma once

#include "model/cube.hpp"

#include <cstddef>
#include <string_view>

namespace skurd {

/// What decoding may cost at most, checked before memory is taken.
struct LongCsvLimits {
    std::size_t bytes = std::size_t(64) << 20;
    std::size_t cells = 10'000'000; ///< the product of the dimensions' sizes
};

/// Reads a cube from long CSV, the form that needs no layout and that write_cube_csv() writes: UTF-8, commas (RFC
/// 4180), a header line, one line per cell; empty lines are passed over. The columns `period` and `value` must be
/// there and `status` may; every other one is a dimension and holds its codes. Dimensions are in the columns' order,
/// time ("period", Role::time) last; categories in the order they turn up.
///
/// A value is a number with a decimal point and nothing else in it, or nothing: then it is missing. A status is the
/// cell's symbol, beside a number or instead of one. A combination without a line is Cell::State::absent.
///
/// Throws Error with the line: not text, HTML, a column that is missing or there twice, a ragged line, an empty code,
/// what is no number, a cell given twice, no lines, a limit.
Cube decode_long_csv(std::string_view bytes, const LongCsvLimits& limits = {});

} // namespace skurd

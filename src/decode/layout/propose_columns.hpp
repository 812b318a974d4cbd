#pragma once

#include "decode/layout/propose_grid.hpp"
#include "decode/table/period_reader.hpp"
#include "decode/workbook/sheet.hpp"

namespace skurd {

/// Where in a grid's rows the table is, by index.
struct GridShape {
    std::size_t header = 0; ///< its first row
    std::size_t first = 0;  ///< the first row of values
    std::size_t end = 0;    ///< behind the last row of values
};

/// Finds the first row with a number beside other cells, the header above it and the last such row. Throws Error when
/// there is none.
GridShape find_shape(const Grid& grid, std::vector<std::string>& findings);

/// Says of every column what it is: series, label, period or value; and of rows what to leave out.
TableLayout propose_columns(const Grid& grid, const GridShape& shape, std::vector<std::string>& findings);

} // namespace skurd

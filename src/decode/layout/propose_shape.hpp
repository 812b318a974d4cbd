#pragma once

#include "decode/layout/propose_grid.hpp"

namespace skurd {

/// Where in a grid's rows one table is, by index.
struct GridShape {
    std::size_t begin = 0;            ///< the first row that is no other table's: titles
    std::size_t titles_end = 0;       ///< behind the titles above all tables of the grid
    std::size_t header = 0;           ///< the header's first row; as `first` where there is none
    std::size_t header_end = 0;       ///< behind its last row: rows with nothing in them may follow
    std::size_t body = 0;             ///< the first row below it: a heading of the rows below, or as `first`
    std::size_t first = 0;            ///< the first row of values
    std::size_t end = 0;              ///< behind the last row of values
    std::size_t limit = 0;            ///< the first row of the next table, its titles included
    std::size_t numbers = 0;          ///< between first and end
    std::vector<std::size_t> repeats; ///< rows in between that are the header again
    std::vector<std::string> doubts;  ///< what a person should see of it
};

/// The tables that stand below one another in a grid: each a header of names or periods, and rows with numbers beside
/// other cells; the next begins with another header. Rows of numbers that look like years are told from a header by
/// what stands above and below them.
std::vector<GridShape> find_shapes(const Grid& grid);

} // namespace skurd

#pragma once

#include "decode/layout/propose_shape.hpp"

namespace skurd {

/// Which table of a file is meant, from 1; 0 = the one with most numbers on a sheet that is not hidden.
using TableNumber = std::size_t;

/// Where one of a file's tables is, for people.
struct TablePlace {
    std::string text; ///< "sheet 'Tabell 2', columns A:H, rows 3-20"
    std::size_t numbers = 0;
    bool hidden = false;
    bool same_columns = false; ///< whether it stands in the columns of the chosen one, above or below it
};

/// One table of a file, chosen among all there are.
struct ChosenTable {
    Grid grid;
    GridShape shape;
    std::size_t number = 0;         ///< of it, from 1
    TableNumber wanted = 0;         ///< what was asked for
    std::vector<TablePlace> tables; ///< all, in the file's order
};

/// Reads a file and chooses. Throws Error for a file that cannot be read, has no table of numbers, has them on hidden
/// sheets alone (which are taken when they are asked for), or none of that number.
ChosenTable choose_table(std::string_view bytes, TableNumber wanted);

} // namespace skurd

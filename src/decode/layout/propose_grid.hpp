#pragma once

#include "decode/layout/table_layout.hpp"
#include "decode/table/table_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What a cell is taken for by somebody who does not know the file.
enum class CellGuess {
    empty,
    text,
    period, ///< "2016", "2024K1", "2011-12", "202403", a date: may be a number as well
    number, ///< any other number, perhaps with a unit
    mark,   ///< what often stands for no value: "*", ":", "..", "N/A"
};

/// A table of a file that is not known yet: every row with something in it.
struct Grid {
    struct Row {
        std::size_t line = 0;
        std::vector<std::string> texts; ///< trimmed
        std::vector<CellGuess> guesses;
        std::size_t filled = 0; ///< cells with something in them
        bool follows_blank = false;
    };
    std::vector<Row> rows;
    std::size_t width = 0;
    TableLayout layout;   ///< format, encoding, separator, sheet and columns
    std::string title;    ///< the sheet's name, where there is one
    bool percent = false; ///< whether a number is shown as percent
    std::vector<std::string> findings;
};

/// Reads what is most likely a table: of a workbook the sheet and the columns between empty ones with most numbers.
Grid read_grid(std::string_view bytes);

CellGuess guess_cell(std::string_view text);

/// The first year that a text speaks of, or "".
std::string year_in(std::string_view text);

} // namespace skurd

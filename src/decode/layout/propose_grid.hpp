#pragma once

#include "decode/layout/guess_cell.hpp"
#include "decode/layout/layout_finding.hpp"
#include "decode/layout/table_layout.hpp"
#include "decode/table/table_source.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Cells of a file that is not known yet: of a sheet the columns between empty ones, of CSV all; every row with
/// something in it.
struct Grid {
    struct Row {
        std::size_t line = 0;
        std::vector<std::string> texts; ///< trimmed
        std::vector<CellGuess> guesses;
        std::vector<bool>
            typed; ///< cells that the sheet says are numbers or dates: no sign of theirs is to be guessed
        std::size_t filled = 0; ///< cells with something in them
        bool follows_blank = false;

        bool has(CellGuess guess) const;
        const std::string& first_text() const; ///< of the first cell with something in it
    };
    std::vector<Row> rows;
    std::size_t width = 0;
    TableLayout layout;   ///< format, encoding, separator, sheet and columns
    std::string title;    ///< the sheet's name, where there is one
    bool hidden = false;  ///< whether the sheet is
    bool percent = false; ///< whether a number is shown as percent
    LayoutFindings findings;
    std::function<std::unique_ptr<TableSource>()> open; ///< the same cells, as decoding reads them
};

/// Gives every grid of a file that has something in it, sheet by sheet, to `take`. Throws Error for a file that
/// cannot be read.
void read_grids(std::string_view bytes, const std::function<void(Grid)>& take);

} // namespace skurd

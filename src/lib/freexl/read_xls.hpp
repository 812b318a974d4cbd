#pragma once

#include "lib/freexl/xls_file.hpp"

namespace skurd {

/// A cell of an XLS file with something in it.
struct PlacedXlsCell {
    std::uint32_t row = 0; ///< from 0
    std::uint16_t column = 0;
    XlsCell cell;
};

struct XlsSheet {
    std::string name;
    std::vector<PlacedXlsCell> cells; ///< row by row
};

/// Reads all sheets of an XLS file. FreeXL 1.0.6 follows damaged files into memory that is not its own, so it runs in
/// a process of its own, this program started anew (xls_reader.hpp), which has nothing of ours but the file, 60
/// seconds and 4 GiB, and may die: that is an Error like others. Throws Error as XlsFile does, for more than 512 MiB
/// of cells, and in a program that did not call become_xls_reader().
std::vector<XlsSheet> read_xls(std::string_view bytes, std::size_t sheets_max);

} // namespace skurd

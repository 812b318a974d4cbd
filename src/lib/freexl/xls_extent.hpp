#pragma once

#include <cstddef>
#include <string_view>

namespace skurd {

/// What an XLS file claims to hold, by its own records, before FreeXL takes memory for it: FreeXL gives each sheet an
/// array of rows times columns, so that a file of 5 kB can claim 60 GB.
struct XlsExtent {
    std::size_t cells = 0;   ///< rows times columns of all sheets
    std::size_t strings = 0; ///< shared texts
};

/// Follows the sectors of the compound file ([MS-CFB]) to its workbook and reads the sizes in that ([MS-XLS]: the
/// records Dimensions and SST). Throws Error where they lead nowhere or in a circle.
XlsExtent xls_extent(std::string_view bytes);

/// Throws Error for a file that claims more than 10 million cells, of which FreeXL makes 300 MB, or 2 million texts.
void check_extent(std::string_view bytes);

} // namespace skurd

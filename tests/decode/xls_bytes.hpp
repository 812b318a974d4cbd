#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skurd::test {

std::string u16(unsigned number); ///< in two bytes, the lower first
std::string u32(std::uint32_t number);
std::string f64(double number);

/// A record of an XLS file: its type, its size and its body.
std::string biff(unsigned type, const std::string& body);

/// Row, column and format (an XF record's number), with which each cell's record begins; all from 0.
std::string biff_cell(unsigned row, unsigned column, unsigned format = 0);

/// ASCII with its size before it and one byte a letter, as the records of a sheet and the shared texts have it.
std::string biff_text(std::string_view ascii);

/// A cell of a text.
std::string biff_label(unsigned row, unsigned column, std::string_view ascii);

struct XlsSheetBytes {
    std::string name;        ///< ASCII
    std::string records;     ///< between BOF and EOF
    unsigned visibility = 0; ///< 1 hidden, 2 very hidden
    unsigned content = 0;    ///< 2 a chart
};

/// An XLS file of Excel 97 with these records before the sheets, or of Excel 5 (0x0500).
std::string xls(const std::string& globals, const std::vector<XlsSheetBytes>& sheets, unsigned version = 0x0600);

/// A compound file of streams, each at least 4096 bytes long, since it is padded.
std::string compound_file(const std::vector<std::pair<std::string, std::string>>& streams);

} // namespace skurd::test

#pragma once

// Office Open XML spreadsheets (ECMA-376, part 1, chapter 18), the parts of them that hold cells.

#include "decode/workbook/sheet.hpp"
#include "decode/workbook/sheet_number.hpp"
#include "lib/orcus/xml.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What cells of an XLSX file point to.
struct XlsxContext {
    std::vector<std::string> strings;
    std::vector<NumberFormat> formats; ///< by style
    bool from_1904 = false;
};

/// xl/sharedStrings.xml: each item's text, phonetic hints left out.
std::vector<std::string> read_shared_strings(std::string_view xml, const SheetLimits& limits);

/// xl/styles.xml: what each cell format shows numbers as.
std::vector<NumberFormat> read_cell_formats(std::string_view xml, const SheetLimits& limits);

/// xl/worksheets/sheetN.xml.
Sheet read_xlsx_sheet(std::string_view xml, const std::string& name, const XlsxContext& context,
                      const SheetLimits& limits);

} // namespace skurd

#pragma once

// Workbooks of Excel 5 to 2003 ([MS-XLS], and OpenOffice.org's Documentation of the Microsoft Excel File Format for
// BIFF5), the parts of them that hold cells.

#include "decode/workbook/biff_records.hpp"
#include "decode/workbook/sheet.hpp"
#include "decode/workbook/sheet_number.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What cells of an XLS file point to, and where its sheets are: the first part of its stream.
struct XlsGlobals {
    bool is_biff8 = true; ///< texts are Unicode; else in `charset`
    std::string charset;  ///< a name that ICU knows
    bool from_1904 = false;
    bool is_computed = false; ///< a program that computes formulas has written it
    RaisedFonts raised;
    std::vector<CellFormat> formats; ///< by number of XF record
    std::vector<std::string> strings;
    std::vector<SheetInfo> sheets;
    std::vector<std::size_t> places; ///< of each sheet in the stream
};

/// Throws Error for what is damaged, encrypted, older than Excel 5 or passes a limit.
XlsGlobals read_xls_globals(std::string_view stream, const SheetLimits& limits);

/// The sheet that begins there.
Sheet read_xls_sheet(std::string_view stream, std::size_t place, const std::string& name, const XlsGlobals& globals,
                     const SheetLimits& limits);

} // namespace skurd

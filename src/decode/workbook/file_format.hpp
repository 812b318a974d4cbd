#pragma once

#include "decode/layout/table_layout.hpp"
#include "decode/workbook/sheet.hpp"

namespace skurd {

/// What a file is by its first bytes and, for a ZIP archive, its entries: a spreadsheet, PX, else CSV, which
/// refuses other things itself. JSON-stat is never told by its beginning: a layout has to say so, as nothing else of
/// it applies then. Throws Error for an archive that is neither XLSX nor ODS, XLSB by its name.
TableLayout::Format file_format(std::string_view bytes);

/// Opens a file of that format, xlsx, ods or xls. Throws Error where it is of another.
std::unique_ptr<Workbook> open_workbook(std::string_view bytes, TableLayout::Format format);

} // namespace skurd

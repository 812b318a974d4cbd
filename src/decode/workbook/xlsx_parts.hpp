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
    std::vector<CellFormat> formats; ///< by style
    bool from_1904 = false;
    bool computes_on_load = false; ///< a program wrote it that computes nothing: a formula's 0 or "" is no result
};

/// Gathers a text of runs (18.4.8, 18.4.12: <si>, <is>): phonetic hints are left out, escapes resolved, and runs in
/// superscript are raised(). It is told everything that stands within the text.
class RichText {
public:
    void begin(); ///< of a text, or of one run of several
    void start(std::string_view element, const XmlAttributes& attributes);
    void end(std::string_view element, std::string& into);
    void text(std::string_view utf8);
    std::size_t size() const { return piece_.size(); }

private:
    bool is_raised_ = false;
    bool is_phonetic_ = false;
    bool in_text_ = false;
    std::string piece_;
};

/// xl/sharedStrings.xml: each item's text.
std::vector<std::string> read_shared_strings(std::string_view xml, const SheetLimits& limits);

/// xl/styles.xml: what each cell format shows numbers as.
std::vector<CellFormat> read_cell_formats(std::string_view xml, const SheetLimits& limits);

/// xl/worksheets/sheetN.xml.
Sheet read_xlsx_sheet(std::string_view xml, const std::string& name, const XlsxContext& context,
                      const SheetLimits& limits);

} // namespace skurd

#pragma once

#include "base/clock.hpp"
#include "base/decimal.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// How a cell of a sheet looks.
struct SheetStyle {
    enum class Align { left, right };
    enum class Rule { none, light }; ///< below the cell

    std::string number_format = {}; ///< Excel's, "0.0"; "" = general
    std::uint32_t colour = 0;       ///< of the text: 0xRRGGBB
    std::uint32_t background = 0xffffff;
    bool bold = false;
    bool wrap = false;
    int size = 0; ///< in points; 0 = the default
    Align align = Align::left;
    Rule rule = Rule::none;
    int indent = 0; ///< of text at the left, in characters

    friend auto operator<=>(const SheetStyle&, const SheetStyle&) = default;
};

/// An Office Open XML workbook being made (libxlsxwriter). Rows and columns count from 0. The same calls give the
/// same bytes. Text is never a formula or a link, whatever it begins with; what Excel cannot hold is cut.
class XlsxWorkbook {
public:
    /// `created` is what the file says of itself. Throws Error where no temporary file can be made.
    XlsxWorkbook(const std::string& title, Time created);
    ~XlsxWorkbook();
    XlsxWorkbook(const XlsxWorkbook&) = delete;
    XlsxWorkbook& operator=(const XlsxWorkbook&) = delete;

    /// What follows goes to a new sheet. The name is made one that Excel takes: 31 characters, none of []:*?/\, and
    /// no other sheet's.
    void add_sheet(const std::string& name);
    void set_column_width(int column, int characters);
    /// Programs other than Excel do not find out for themselves how high wrapped text is.
    void set_row_height(int row, int lines);
    /// At the top of each page of the sheets added after, beside what every page has: the sheet's name and the number
    /// of the page below.
    void set_page_head(const std::string& left, const std::string& right);
    /// The rows above stay in sight, and are printed on every page; so do the columns to the left of `column`.
    void freeze_above(int row, int column = 0);
    /// The rows between can be filtered by any of the columns, whose headings stand in `first_row`.
    void add_filter(int first_row, int last_row, int columns);

    void text(int row, int column, const std::string& text, const SheetStyle& style = {});
    /// As a number; as text where it has more than the 15 significant digits that a double is sure to carry.
    void number(int row, int column, const Decimal& number, const SheetStyle& style = {});
    void comment(int row, int column, const std::string& text);

    /// The whole file; nothing can be added after. Throws Error.
    std::string bytes();

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

} // namespace skurd

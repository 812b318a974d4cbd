#pragma once

#include "base/decimal.hpp"
#include "decode/layout/table_layout.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What reading a workbook may cost; checked while it is read.
struct SheetLimits {
    std::size_t rows = 1'048'576;          ///< as many as a sheet of Excel has
    std::size_t columns = 16'384;          ///< likewise
    std::size_t cells = 2'000'000;         ///< with something in them
    std::size_t area = 50'000'000;         ///< rows with something in them, times the columns that are used
    std::size_t text_size = 32'767;        ///< bytes of one cell
    std::size_t texts_size = 256UL << 20;  ///< bytes of all cells
    std::size_t strings = 2'000'000;       ///< texts that cells share
    std::size_t merged = 10'000;           ///< merged cells
    std::size_t merged_area = 1'000'000;   ///< cells below them that hold something or stand in rows that do
    std::size_t merged_work = 100'000'000; ///< merged cells times rows
    std::size_t sheets = 256;
    std::size_t formats = 100'000;
};

/// A cell with something in it.
struct SheetCell {
    enum class Kind : std::uint8_t {
        text,
        number,
        percent,
        date,
        time,         ///< a time of day or a duration: "36:00:00"
        not_computed, ///< a formula that no program has computed since it was written: nobody knows what it comes to
    };

    std::uint32_t column = 0; ///< from 0
    Kind kind = Kind::text;
    Decimal number{};   ///< of a number, or of a fraction shown as percent
    std::string text{}; ///< of a number its digits, with the zeros before them that are shown ("0301", see
                        ///< is_padded()); of a date ISO 8601; of a truth value "TRUE"; of an error "#DIV/0!"
    DatePeriod shown = DatePeriod::day; ///< of a date: how much of it is shown; year, month or day

    /// Whether zeros are shown before a number, as they are before a code. Its text has them.
    bool is_padded() const { return kind == Kind::number && text.size() > 1 && text[0] == '0' && text[1] != '.'; }
};

/// A cell with a formula that was never computed; its text says so.
SheetCell not_computed_cell(std::uint32_t column);

struct SheetRow {
    std::uint32_t number = 0;     ///< from 1
    std::vector<SheetCell> cells; ///< by column
};

/// Cells that are shown as one; rows from 1, columns from 0, both ends included.
struct MergedCell {
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
    std::uint32_t first_column = 0;
    std::uint32_t last_column = 0;
};

/// One sheet of a workbook: its rows that hold something, ascending.
struct Sheet {
    std::string name;
    std::vector<SheetRow> rows;
    std::vector<MergedCell> merged;
};

/// What a workbook says of a sheet before it is read.
struct SheetInfo {
    enum class Content : std::uint8_t { cells, other }; ///< other: a chart, macros or a dialog
    enum class Visibility : std::uint8_t { shown, hidden };

    std::string name{};
    Content content = Content::cells;
    Visibility visibility = Visibility::shown;

    /// Whether a sheet may be read that nobody has named: one of cells that is shown.
    bool is_eligible() const { return content == Content::cells && visibility == Visibility::shown; }
};

/// Throws Error for a sheet that has no cells.
void check_has_cells(const SheetInfo& sheet);

/// A file of sheets. For one thread; the bytes it was opened on must outlive it.
class Workbook {
public:
    virtual ~Workbook() = default;
    virtual const std::vector<SheetInfo>& sheets() const = 0;
    /// Reads a sheet, by its place among sheets(). Throws Error for one that has no cells, for what is damaged and
    /// for what passes a limit, with the sheet's name.
    virtual Sheet read(std::size_t sheet) = 0;
};

/// Opens a file of each kind. Throws Error for what is none, is encrypted, damaged or too large.
std::unique_ptr<Workbook> open_xlsx(std::string_view bytes, const SheetLimits& limits = {});
std::unique_ptr<Workbook> open_ods(std::string_view bytes, const SheetLimits& limits = {});
std::unique_ptr<Workbook> open_xls(std::string_view bytes, const SheetLimits& limits = {});

/// "A", "K", "AA": what spreadsheets call a column, from 0.
std::string column_name(std::size_t column);
/// The other way; nothing for what is no such name, or lies beyond the last column ("XFD").
std::optional<std::size_t> column_from(std::string_view name);

/// A cell's name, "D14": column from 0, row from 1.
struct CellName {
    std::uint32_t column = 0;
    std::uint32_t row = 0;
};
std::optional<CellName> cell_from(std::string_view name);

/// Collects the cells of a sheet, holding it to the limits. Throws Error with the cell's name.
class SheetBuilder {
public:
    SheetBuilder(std::string name, const SheetLimits& limits);

    /// A cell right of or below all earlier ones; without text it is left out.
    void add(std::uint32_t row, SheetCell cell);
    void merge(const MergedCell& merged);
    Sheet take(); ///< once, at the end

private:
    [[noreturn]] void refuse(std::uint32_t row, std::size_t column, const std::string& why) const;

    Sheet sheet_;
    const SheetLimits& limits_;
    std::size_t cells_ = 0;
    std::size_t texts_size_ = 0;
    std::size_t width_ = 0;
};

} // namespace skurd

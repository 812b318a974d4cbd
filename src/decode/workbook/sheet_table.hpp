#pragma once

#include "decode/layout/table_layout.hpp"
#include "decode/table/table_source.hpp"
#include "decode/workbook/sheet.hpp"

namespace skurd {

/// The sheet that a layout names: the one of that name, the only one that matches, or the only one. Sheets without
/// cells do not count, and hidden ones only by name or where the pattern matches no other. Throws Error with the
/// names there are.
std::size_t find_sheet(const std::vector<SheetInfo>& sheets, const TableLayout& layout);

/// A sheet, or some of its columns, as a table. Each row has as many fields as the widest; rows without any cell are
/// given as blank ones, since where a table ends may depend on them, but not more than `blanks_max` together. Merged
/// cells have their text in every field.
class SheetTable final : public TableSource {
public:
    static constexpr std::size_t blanks_max = 20;

    SheetTable(Sheet sheet, std::pair<std::size_t, std::size_t> columns);

    void go_to(std::size_t header) override;
    std::size_t line() const override { return next_; }
    bool at_end() const override { return at_ == sheet_.rows.size(); }
    bool read(TableRow& row) override;
    PlacedText cell(const std::string& name) const override;
    bool is_sheet() const override { return true; }
    std::string place(std::size_t line) const override;
    std::string place(std::size_t line, std::size_t column, const std::string& name) const override;

    /// What is to be said of numbers that were read with zeros before them, as codes are written; "" where none was.
    std::string padded_note() const;

    const Sheet& sheet() const { return sheet_; }
    std::size_t first_column() const { return first_; }
    std::size_t width() const { return width_; }

private:
    const SheetCell* find(std::uint32_t row, std::uint32_t column) const;
    void put(TableRow& row, const SheetCell& cell);
    void cover(TableRow& row) const;

    Sheet sheet_;
    std::size_t first_;      ///< column
    std::size_t width_ = 0;  ///< columns that are read
    std::size_t at_ = 0;     ///< index of the next row that holds something
    std::size_t next_ = 1;   ///< number of the next row
    std::size_t blanks_ = 0; ///< rows since the last that held something
    std::string padded_;     ///< the first number with zeros before it, and where
};

} // namespace skurd

#pragma once

#include "lib/xlsxwriter/xlsx_workbook.hpp"
#include "report/table_columns.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A table as a sheet that can be filtered. Memory: the whole workbook.
class TableXlsx final : public ColumnSink {
public:
    /// `created` is what the file says of itself: no clock is read.
    TableXlsx(const std::string& title, const std::vector<TableColumn>& columns, Time created);

    void begin_row(); ///< throws Error (usage) beyond the rows that a sheet has
    // The values of a row, from the first column to the last; nothing is an empty cell.
    void text(std::string_view text) override;
    void number(const std::optional<Decimal>& number) override;
    void integer(const std::optional<std::int64_t>& number) override;
    void instant(const std::optional<Time>& time) override;

    std::string bytes(); ///< the whole file; nothing may be added after

    static constexpr int rows_max = (1 << 20) - 1; ///< below the headings

private:
    XlsxWorkbook out_;
    int columns_ = 0;
    int rows_ = 0;
    int column_ = 0; ///< that the next value is of
};

} // namespace skurd

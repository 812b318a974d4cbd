#pragma once

#include "lib/xlsxwriter/xlsx_workbook.hpp"
#include "report/observation_table.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations as a sheet that can be filtered. Memory: the whole workbook.
class ObservationXlsx {
public:
    /// `created` is what the file says of itself: no clock is read.
    ObservationXlsx(const std::string& title, std::vector<std::string> dimensions, Time created);

    void add(const ObservationRow& row); ///< throws Error (usage) beyond the rows that a sheet has
    std::string bytes();                 ///< the whole file; nothing may be added after

    static constexpr int rows_max = (1 << 20) - 1; ///< below the headings

private:
    ObservationTable table_;
    XlsxWorkbook out_;
    int rows_ = 0;
};

} // namespace skurd

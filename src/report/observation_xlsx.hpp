#pragma once

#include "report/observation_table.hpp"
#include "report/table_xlsx.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations as a sheet that can be filtered: the columns of ObservationTable. Memory: the whole workbook.
class ObservationXlsx {
public:
    /// `created` is what the file says of itself: no clock is read.
    ObservationXlsx(const std::string& title, std::vector<std::string> dimensions, Time created)
        : table_(std::move(dimensions)), out_(title, table_.columns(), created)
    {
    }

    void add(const ObservationRow& row) ///< throws Error (usage) beyond the rows that a sheet has
    {
        out_.begin_row();
        table_.put(row, out_);
    }
    std::string bytes() { return out_.bytes(); } ///< the whole file; nothing may be added after

private:
    ObservationTable table_;
    TableXlsx out_;
};

} // namespace skurd

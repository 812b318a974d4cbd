#pragma once

#include "base/csv_writer.hpp"
#include "report/observation_table.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations as CSV, line by line, below a line of headings.
class ObservationCsv {
public:
    ObservationCsv(CsvDialect dialect, std::vector<std::string> dimensions);

    void add(const ObservationRow& row);
    std::string take() { return out_.take(); } ///< what was added since it was taken last

private:
    CsvWriter out_;
    ObservationTable table_;
};

} // namespace skurd

#pragma once

#include "base/csv_writer.hpp"
#include "model/observation_row.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The dimensions that any of the rows has a code of, in the order in which they come.
std::vector<std::string> dimensions_of(const std::vector<ObservationRow>& rows);

/// Observations as CSV, line by line, below a line of headings; each dimension has a column for its code and one for
/// its label.
class ObservationCsv {
public:
    ObservationCsv(CsvDialect dialect, std::vector<std::string> dimensions);

    void add(const ObservationRow& row);
    std::string take() { return out_.take(); } ///< what was added since it was taken last

private:
    void add_codes(const Observation& seen);
    const std::string& add_words(const Observation& seen);
    void add_notes(const ObservationRow& row);

    CsvWriter out_;
    std::vector<std::string> dimensions_;
};

} // namespace skurd

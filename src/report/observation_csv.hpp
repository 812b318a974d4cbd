#pragma once

#include "base/csv_writer.hpp"
#include "model/observation_row.hpp"

#include <string>

namespace skurd {

/// Observations as CSV, line by line, below a line of headings.
class ObservationCsv {
public:
    explicit ObservationCsv(CsvDialect dialect = CsvDialect::rfc4180);

    void add(const ObservationRow& row);
    std::string take() { return out_.take(); } ///< what was added since it was taken last

private:
    const std::string& add_words(const Observation& seen);
    void add_notes(const ObservationRow& row);

    CsvWriter out_;
};

} // namespace skurd

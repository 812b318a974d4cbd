#pragma once

#include "model/observation_row.hpp"
#include "report/table_columns.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations as a table: the same columns in every form that is one. Each dimension has a column for its code and
/// one for its label.
class ObservationTable {
public:
    explicit ObservationTable(std::vector<std::string> dimensions);

    const std::vector<TableColumn>& columns() const { return columns_; }
    void put(const ObservationRow& row, ColumnSink& sink) const; ///< in the order of the columns

private:
    void put_codes(const Observation& seen, ColumnSink& sink) const;
    static const std::string& put_words(const Observation& seen, ColumnSink& sink);
    static void put_notes(const ObservationRow& row, ColumnSink& sink);

    std::vector<std::string> dimensions_;
    std::vector<TableColumn> columns_;
};

/// The dimensions that any of the rows has a code of, in the order in which they come.
std::vector<std::string> dimensions_of(const std::vector<ObservationRow>& rows);

} // namespace skurd

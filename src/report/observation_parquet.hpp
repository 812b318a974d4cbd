#pragma once

#include "report/observation_table.hpp"
#include "report/parquet.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations as Parquet: the columns of ObservationTable, numbers as doubles, and behind each column of numbers
/// one of the digits as published (value_digits), which a double does not always carry.
class ObservationParquet {
public:
    ObservationParquet(std::vector<std::string> dimensions, ParquetWriter::Sink sink);

    void add(const ObservationRow& row);
    void finish() { out_.finish(); }

private:
    ObservationTable table_;
    ParquetWriter out_;
};

} // namespace skurd

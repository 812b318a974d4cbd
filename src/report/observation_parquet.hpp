#pragma once

#include "report/observation_table.hpp"
#include "report/table_parquet.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations as Parquet: the columns of ObservationTable.
class ObservationParquet {
public:
    ObservationParquet(std::vector<std::string> dimensions, ParquetWriter::Sink sink,
                       std::size_t group_bytes = ParquetWriter::group_bytes_max)
        : table_(std::move(dimensions)), out_(table_.columns(), std::move(sink), group_bytes)
    {
    }

    void add(const ObservationRow& row) { table_.put(row, out_); }
    void finish() { out_.finish(); }

private:
    ObservationTable table_;
    TableParquet out_;
};

} // namespace skurd

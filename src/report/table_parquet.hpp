#pragma once

#include "report/parquet.hpp"
#include "report/table_columns.hpp"

#include <vector>

namespace skurd {

/// A table as Parquet: numbers as doubles, and behind each column of numbers one of the digits as published
/// (value_digits), which a double does not always carry.
class TableParquet final : public ColumnSink {
public:
    /// `group_bytes` as of ParquetWriter, which has that much in memory.
    TableParquet(const std::vector<TableColumn>& columns, ParquetWriter::Sink sink,
                 std::size_t group_bytes = ParquetWriter::group_bytes_max);

    // The values of a row, from the first column to the last.
    void text(std::string_view text) override { out_.add(text); }
    void number(const std::optional<Decimal>& number) override;
    void integer(const std::optional<std::int64_t>& number) override;
    void instant(const std::optional<Time>& time) override;

    void finish() { out_.finish(); } ///< nothing may be added after

private:
    ParquetWriter out_;
};

} // namespace skurd

#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What a column of a Parquet file holds; every column may lack values.
enum class ParquetType {
    integer, ///< INT64
    real,    ///< DOUBLE
    text,    ///< BYTE_ARRAY, UTF-8
    date,    ///< DATE, from "2019-11-01"
    instant, ///< TIMESTAMP in UTC, microseconds, from "2019-11-01T07:00:00Z"
};

struct ParquetColumn {
    std::string name;
    ParquetType type = ParquetType::text;
};

/// Writes one Parquet file, row by row: the smallest part of the format that readers agree on. One page for each
/// column and row group, PLAIN, compressed with zstd; no statistics, no index, no time of writing, so the same rows
/// give the same bytes. Memory: the values of a row group.
class ParquetWriter {
public:
    using Sink = std::function<void(std::string_view)>; ///< takes the file's bytes, in order

    /// `group_bytes`: of values, after which a row group ends that has few rows.
    ParquetWriter(std::vector<ParquetColumn> columns, Sink sink, std::size_t group_bytes = group_bytes_max);

    // The values of a row, from the first column to the last, each by the function of its column's type.
    void add_null();
    void add(std::int64_t number);
    void add(double number);
    /// Of text, date and instant. Throws Error that names the column for a date or an instant that is none.
    void add(std::string_view text);
    void add(Time instant);

    /// Writes what is left and the end of the file; nothing may be added after.
    void finish();

    static constexpr std::size_t rows_per_group = 100'000;
    static constexpr std::size_t group_bytes_max = 256 << 20; ///< far below what lengths of four bytes can say

private:
    /// Of a row group, what is not written yet.
    struct Values {
        std::string present; ///< a byte for each row: 0 or 1
        std::string plain;   ///< the values that are there
    };
    struct Chunk {
        std::int64_t offset = 0;
        std::int64_t plain_bytes = 0;
        std::int64_t packed_bytes = 0;
    };
    struct Group {
        std::int64_t rows = 0;
        std::vector<Chunk> chunks;
    };

    void put(std::string_view bytes);
    Values& next_present();
    void end_value();
    Chunk write_chunk(const Values& values);
    void write_group();
    std::string footer() const;

    std::vector<ParquetColumn> columns_;
    Sink sink_;
    std::size_t group_bytes_ = group_bytes_max;
    std::vector<Values> values_; ///< by column
    std::vector<Group> groups_;
    std::int64_t offset_ = 0; ///< bytes written
    std::size_t column_ = 0;  ///< that the next value is of
    std::size_t rows_ = 0;    ///< of the open row group
    std::size_t bytes_ = 0;   ///< likewise
};

} // namespace skurd

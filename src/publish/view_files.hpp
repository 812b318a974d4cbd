#pragma once

#include "base/csv_writer.hpp"
#include "publish/hashed_file.hpp"
#include "report/parquet.hpp"
#include "store/reader_views.hpp"

#include <cstdint>
#include <vector>

namespace skurd {

constexpr std::size_t csv_rows_at_once = 1000; ///< that are written to the disk together

/// What a column of a view is in a file that has types for days and instants.
ParquetType file_type(const ReaderColumn& column);

/// A view as it was published.
struct PublishedView {
    ReaderView view;
    PublishedFile csv;
    PublishedFile parquet;
};

/// Writes each view that is promised to readers as csv/NAME.csv and parquet/NAME.parquet, but for source_health,
/// whose runs are in no snapshot. Memory: a row group.
std::vector<PublishedView> write_views(const StoreSession& snapshot, const std::filesystem::path& folder);

/// A row as CSV for programs: text as it is, numbers in full with a decimal point, nothing for NULL.
void write_csv_row(CsvWriter& csv, const ReaderView& view, const Statement& row);
void write_csv_header(CsvWriter& csv, const ReaderView& view);

} // namespace skurd

#include "publish/view_files.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace skurd {

namespace {

constexpr auto instants = std::to_array<std::string_view>(
    {"at", "as_of", "published_from", "published_to", "known_from", "known_to", "valid_from", "valid_to"});

/// "0.1", "1500000": all digits that tell the number, and no exponent.
std::string_view number_digits(double number, std::array<char, 512>& buffer)
{
    const auto [end, failure] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
    if (failure != std::errc())
        throw error("a number of the store has more than {} digits: see `skurd verify`", buffer.size());
    return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

std::vector<ParquetColumn> parquet_columns(const ReaderView& view)
{
    std::vector<ParquetColumn> columns;
    for (const auto& column : view.columns)
        columns.push_back({column.name, file_type(column)});
    return columns;
}

void add_parquet_row(ParquetWriter& parquet, const ReaderView& view, const Statement& row)
{
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
        const auto at = static_cast<int>(i);
        if (row.is_null(at))
            parquet.add_null();
        else if (view.columns[i].type == ReaderColumn::Type::integer)
            parquet.add(row.integer(at));
        else if (view.columns[i].type == ReaderColumn::Type::real)
            parquet.add(row.real(at));
        else
            parquet.add(row.view(at));
    }
}

PublishedView write_view(const StoreSession& snapshot, const ReaderView& view, const std::filesystem::path& folder)
{
    if (view.name.find('/') != std::string::npos)
        throw error("its name is no name of a file: see `skurd verify`");
    HashedFile csv_file(folder, "csv/" + view.name + ".csv");
    HashedFile parquet_file(folder, "parquet/" + view.name + ".parquet");
    CsvWriter csv(CsvDialect::raw);
    write_csv_header(csv, view);
    ParquetWriter parquet(parquet_columns(view), [&](std::string_view bytes) { parquet_file.write(bytes); });
    std::int64_t rows = 0;
    ReaderViews(snapshot).visit(view, [&](const Statement& row) {
        write_csv_row(csv, view, row);
        add_parquet_row(parquet, view, row);
        if (++rows % csv_rows_at_once == 0)
            csv_file.write(csv.take());
    });
    csv_file.write(csv.take());
    parquet.finish();
    return {view, csv_file.finish(), parquet_file.finish()};
}

} // namespace

ParquetType file_type(const ReaderColumn& column)
{
    switch (column.type) {
    case ReaderColumn::Type::integer:
        return ParquetType::integer;
    case ReaderColumn::Type::real:
        return ParquetType::real;
    case ReaderColumn::Type::text:
        break;
    }
    if (column.name == "first_day" || column.name == "last_day")
        return ParquetType::date;
    const bool is_of_source = column.name.starts_with("d_"); // named by a dimension, whatever its code ends with
    const bool is_instant =
        !is_of_source &&
        (column.name.ends_with("_at") || std::find(instants.begin(), instants.end(), column.name) != instants.end());
    return is_instant ? ParquetType::instant : ParquetType::text;
}

void write_csv_header(CsvWriter& csv, const ReaderView& view)
{
    for (const auto& column : view.columns)
        csv.add(column.name);
    csv.end_row();
}

void write_csv_row(CsvWriter& csv, const ReaderView& view, const Statement& row)
{
    std::array<char, 512> buffer{};
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
        const auto at = static_cast<int>(i);
        if (row.is_null(at))
            csv.add_made("");
        else if (view.columns[i].type == ReaderColumn::Type::real)
            csv.add_made(number_digits(row.real(at), buffer));
        else if (view.columns[i].type == ReaderColumn::Type::integer)
            csv.add_made(row.view(at));
        else
            csv.add(row.view(at));
    }
    csv.end_row();
}

std::vector<PublishedView> write_views(const StoreSession& snapshot, const std::filesystem::path& folder)
{
    std::vector<PublishedView> written;
    for (const auto& view : ReaderViews(snapshot).list()) {
        try {
            if (view.name != "source_health")
                written.push_back(write_view(snapshot, view, folder));
        } catch (const Error&) {
            std::throw_with_nested(error("the view {} cannot be published", view.name));
        }
    }
    return written;
}

} // namespace skurd

#include "decode/table/decode_table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/csv_table.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/table/table_rows.hpp"
#include "decode/workbook/file_format.hpp"
#include "decode/workbook/sheet_table.hpp"

namespace skurd {

namespace {

Cube decode_rows(TableSource& source, const TableLayout& layout)
{
    const PeriodReader periods(layout, source.is_sheet());
    auto columns = read_columns(source, layout, periods);
    TableCube cube(layout, columns, source);
    TableRows rows(layout, source, periods, columns, cube);
    TableRow row;
    while (source.read(row) && rows.add(row)) {
    }
    if (rows.is_empty())
        throw error("no rows follow the header");
    return cube.make();
}

TableFile decode_csv_file(std::string_view bytes, const TableLayout& layout)
{
    CsvTable table(bytes, layout);
    TableFile file{decode_rows(table, layout), {}};
    if (table.is_encoding_guessed())
        file.notes.emplace_back("read as windows-1252, which is a guess: any file that is not UTF-8 passes as that");
    return file;
}

TableFile decode_workbook(Workbook& workbook, const TableLayout& layout)
{
    SheetTable table(workbook.read(find_sheet(workbook.names(), layout)), layout.columns);
    return {decode_rows(table, layout), {}};
}

TableFile decode_dataset(std::string_view bytes, const TableLayout& layout)
{
    JsonStatLimits limits;
    limits.bytes = layout.bytes_max;
    limits.cells = layout.cells_max;
    auto cubes = decode_jsonstat(bytes, limits);
    if (cubes.size() != 1)
        throw error("the file holds {} datasets of JSON-stat; one is read", cubes.size());
    if (cubes.front().cells.empty())
        throw error("the JSON-stat of the file has no values");
    if (!layout.title.empty())
        cubes.front().label = layout.title;
    return {std::move(cubes.front()), {}};
}

} // namespace

TableFile decode_table(std::string_view bytes, const TableLayout& layout)
{
    if (bytes.size() > layout.bytes_max)
        throw error("{} bytes; a file may have {}", bytes.size(), layout.bytes_max);
    using Format = TableLayout::Format;
    const auto format = layout.format == Format::automatic ? file_format(bytes) : layout.format;
    if (format == Format::jsonstat)
        return decode_dataset(bytes, layout);
    if (format == Format::csv)
        return decode_csv_file(bytes, layout);
    return decode_workbook(*open_workbook(bytes, format), layout);
}

} // namespace skurd

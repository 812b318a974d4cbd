#include "decode/table/decode_table.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/csv_table.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/px/px.hpp"
#include "decode/table/table_rows.hpp"
#include "decode/workbook/file_format.hpp"
#include "decode/workbook/sheet_table.hpp"

#include <algorithm>

namespace skurd {

namespace {

void trace_columns(TableTrace& trace, const TableColumns& columns)
{
    for (const auto& value : columns.values)
        trace.values.push_back(value.column);
    std::vector<std::size_t> names = {columns.period, columns.unit};
    for (const auto& code : columns.codes) {
        names.push_back(code.column);
        names.push_back(code.label);
    }
    for (const auto column : names)
        if (column != TableColumns::none)
            trace.names.push_back(column);
}

TableFile decode_rows(TableSource& source, const TableLayout& layout)
{
    TableFile file;
    const PeriodReader periods(layout, source.is_sheet());
    auto columns = read_columns(source, layout, periods);
    TableCube cube(layout, columns, source);
    TableRows rows(layout, source, periods, columns, cube);
    TableRow row;
    for (std::size_t added = 0; source.read(row) && rows.add(row); added = rows.added())
        if (rows.added() > added)
            file.trace.lines.push_back(row.line);
    if (rows.added() == 0)
        throw error("no rows follow the header");
    rows.check_signs();
    trace_columns(file.trace, columns);
    file.cube = cube.make();
    file.combined = cube.combined();
    return file;
}

/// Eurostat's TSV, told by the name of its first column, "freq,unit,geo\\TIME_PERIOD": the flags of its figures are a
/// published list (ec.europa.eu/eurostat/data/database/information, "Flags"), so a layout need not repeat them.
std::vector<TableFlag> eurostat_flags(std::string_view first_line, const TableLayout& layout)
{
    const auto name = to_lower(first_line.substr(0, first_line.find('\t')));
    if (!layout.flags.empty() || name.size() == first_line.size() ||
        (!name.ends_with("\\time_period") && !name.ends_with("\\time")))
        return {};
    return {{"b", Meaning::break_in_series}, {"c", Meaning::confidential},    {"d", Meaning::footnote},
            {"e", Meaning::estimated},       {"f", Meaning::estimated},       {"i", Meaning::footnote},
            {"n", Meaning::low_reliability}, {"p", Meaning::provisional},     {"r", Meaning::revised},
            {"s", Meaning::estimated},       {"u", Meaning::low_reliability}, {"z", Meaning::not_applicable}};
}

TableFile decode_csv_file(std::string_view bytes, TableLayout layout)
{
    CsvTable table(bytes, layout);
    const auto flags = eurostat_flags(table.first_line(), layout);
    layout.flags.insert(layout.flags.end(), flags.begin(), flags.end());
    auto file = decode_rows(table, layout);
    file.format_flags = flags;
    if (table.is_encoding_guessed())
        file.notes.emplace_back("read as windows-1252, which is a guess: any file that is not UTF-8 passes as that");
    return file;
}

TableFile decode_workbook(Workbook& workbook, const TableLayout& layout)
{
    SheetTable table(workbook.read(find_sheet(workbook.sheets(), layout)), layout.columns);
    auto file = decode_rows(table, layout);
    if (auto note = table.padded_note(); !note.empty())
        file.notes.push_back(std::move(note));
    return file;
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

TableFile decode_px_file(std::string_view bytes, const TableLayout& layout)
{
    PxLimits limits;
    limits.bytes = layout.bytes_max;
    limits.cells = layout.cells_max;
    TableFile file;
    file.cube = decode_px(bytes, limits, &file.notes);
    if (!layout.title.empty())
        file.cube.label = layout.title;
    return file;
}

} // namespace

Conventions TableFile::conventions(Conventions layout) const
{
    for (const auto& flag : format_flags)
        layout.symbols.emplace(flag.text, flag.meaning);
    for (const auto& [symbol, part] : combined)
        if (const auto known = layout.symbols.find(part); known != layout.symbols.end())
            layout.symbols.emplace(symbol, known->second);
    return layout;
}

TableFile decode_table(std::string_view bytes, const TableLayout& stated)
{
    if (bytes.size() > stated.bytes_max)
        throw error("{} bytes; a file may have {}", bytes.size(), stated.bytes_max);
    auto layout = stated;
    layout.cells_max = std::min(layout.cells_max, bounds_of(bytes.size()).cells);
    using Format = TableLayout::Format;
    const auto format = layout.format == Format::automatic ? file_format(bytes) : layout.format;
    if (format == Format::jsonstat)
        return decode_dataset(bytes, layout);
    if (format == Format::px)
        return decode_px_file(bytes, layout);
    if (format == Format::csv)
        return decode_csv_file(bytes, layout);
    return decode_workbook(*open_workbook(bytes, format), layout);
}

} // namespace skurd

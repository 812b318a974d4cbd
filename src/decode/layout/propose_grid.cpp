#include "decode/layout/propose_grid.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/csv_table.hpp"
#include "decode/table/table_value.hpp"
#include "decode/workbook/file_format.hpp"
#include "decode/workbook/sheet_table.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr std::size_t runs_max = 200; ///< blocks of columns of a sheet, each of which is read as a table

bool is_typed(CellType::Kind kind)
{
    return kind == CellType::Kind::number || kind == CellType::Kind::percent || kind == CellType::Kind::date;
}

/// Whether somebody who sees the sheet sees a number in the cell, be it one that no layout reads.
bool is_number_by_type(CellType::Kind kind)
{
    return kind == CellType::Kind::number || kind == CellType::Kind::percent || kind == CellType::Kind::time ||
           kind == CellType::Kind::not_computed;
}

void add_row(Grid& grid, const TableRow& row)
{
    Grid::Row added;
    added.line = row.line;
    for (std::size_t column = 0; column < row.fields.size(); ++column) {
        const auto kind = row.kind(column);
        auto text = kind == CellType::Kind::covered ? "" : std::string(trim_cell(row.fields[column]));
        auto guess = guess_cell(text);
        if (is_number_by_type(kind) && guess != CellGuess::period)
            guess = CellGuess::number;
        grid.percent |= kind == CellType::Kind::percent;
        added.filled += guess == CellGuess::empty ? 0 : 1;
        added.guesses.push_back(guess);
        added.typed.push_back(is_typed(kind));
        added.texts.push_back(std::move(text));
    }
    if (added.filled == 0)
        return;
    added.follows_blank = grid.rows.empty() || grid.rows.back().line + 1 < row.line;
    grid.width = std::max(grid.width, added.texts.size());
    grid.rows.push_back(std::move(added));
}

void square(Grid& grid)
{
    for (auto& row : grid.rows) {
        row.texts.resize(grid.width);
        row.guesses.resize(grid.width, CellGuess::empty);
        row.typed.resize(grid.width);
    }
}

/// The separator that splits most of the first rows into the same number of fields, and into most.
char likely_separator(std::string_view utf8)
{
    char best = ';';
    std::size_t best_score = 0;
    for (const char separator : {';', '\t', ',', '|'}) {
        std::map<std::size_t, std::size_t> widths;
        CsvReader reader(utf8);
        reader.set_separator(separator);
        try {
            CsvRecord record;
            for (int i = 0; i < 50 && reader.read(record); ++i)
                if (record.fields.size() > 1)
                    ++widths[record.fields.size()];
        } catch (const Error&) { // quotes that fit another separator
            continue;
        }
        for (const auto& [width, count] : widths)
            if (const auto score = count * 100 + width; score > best_score) {
                best_score = score;
                best = separator;
            }
    }
    return best;
}

Grid csv_grid(std::string_view bytes)
{
    Grid grid;
    CsvTable probe(bytes, grid.layout); // refuses what is no text
    const auto text = decode_text(bytes, "auto");
    grid.layout.format = TableLayout::Format::csv;
    grid.layout.encoding = text.encoding;
    CsvReader reader(text.utf8);
    const char stated = reader.take_separator_line();
    const char separator = stated ? stated : likely_separator(reader.rest());
    reader.set_separator(separator);
    grid.layout.separator = std::string(1, separator);
    if (text.guessed)
        grid.findings.note("the encoding is a guess: anything that is not UTF-8 passes as windows-1252");
    TableRow row;
    while (reader.read(row))
        add_row(grid, row);
    square(grid);
    grid.open = [bytes, layout = grid.layout] { return std::make_unique<CsvTable>(bytes, layout); };
    return grid;
}

/// Columns that hold something, in runs.
std::vector<std::pair<std::size_t, std::size_t>> blocks(const Sheet& sheet)
{
    std::vector<bool> used;
    for (const auto& row : sheet.rows)
        for (const auto& cell : row.cells) {
            used.resize(std::max<std::size_t>(used.size(), cell.column + 1));
            used[cell.column] = true;
        }
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (std::size_t column = 0; column < used.size(); ++column)
        if (used[column] && (column == 0 || !used[column - 1]))
            runs.emplace_back(column, column);
        else if (used[column])
            runs.back().second = column;
    return runs;
}

Grid sheet_grid(const std::shared_ptr<const Sheet>& sheet, std::pair<std::size_t, std::size_t> columns)
{
    Grid grid;
    grid.layout.columns = columns;
    grid.title = sheet->name;
    SheetTable table(*sheet, columns);
    table.go_to(1);
    TableRow row;
    while (table.read(row))
        add_row(grid, row);
    square(grid);
    grid.open = [sheet, columns] { return std::make_unique<SheetTable>(*sheet, columns); };
    return grid;
}

void read_sheet(const std::shared_ptr<const Sheet>& sheet, const TableLayout& place,
                const std::function<void(Grid)>& take)
{
    auto runs = blocks(*sheet);
    if (runs.size() == 1 && runs.front().first == 0) // the whole sheet, however wide the next one is
        runs.front().second = SIZE_MAX;
    if (runs.size() > runs_max)
        throw error("sheet '{}' has more than {} blocks of columns side by side: say with 'columns' which is meant",
                    excerpt(sheet->name), runs_max);
    for (const auto& run : runs) {
        auto grid = sheet_grid(sheet, run);
        grid.layout.format = place.format;
        grid.layout.sheet = place.sheet;
        take(std::move(grid));
    }
}

} // namespace

bool Grid::Row::has(CellGuess guess) const
{
    return std::find(guesses.begin(), guesses.end(), guess) != guesses.end();
}

const std::string& Grid::Row::first_text() const
{
    return *std::find_if(texts.begin(), texts.end(), [](const auto& text) { return !text.empty(); });
}

void read_grids(std::string_view bytes, const std::function<void(Grid)>& take)
{
    TableLayout place;
    place.format = file_format(bytes);
    if (place.format == TableLayout::Format::csv)
        return take(csv_grid(bytes));
    const auto workbook = open_workbook(bytes, place.format);
    const auto& sheets = workbook->sheets();
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (sheets.size() > 1)
            place.sheet = sheets[i].name;
        const bool hidden = sheets[i].visibility == SheetInfo::Visibility::hidden;
        if (sheets[i].content == SheetInfo::Content::cells)
            read_sheet(std::make_shared<const Sheet>(workbook->read(i)), place, [&](Grid grid) {
                grid.hidden = hidden;
                take(std::move(grid));
            });
    }
}

} // namespace skurd

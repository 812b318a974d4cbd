#include "decode/layout/propose_grid.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/csv_table.hpp"
#include "decode/table/period_reader.hpp"
#include "decode/table/table_value.hpp"
#include "decode/workbook/file_format.hpp"
#include "decode/workbook/sheet_table.hpp"
#include "model/period.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr std::string_view marks[] = {"*", ":", ".", "..", "...", "-", "–", "N/A", "NA", "n/a"};

bool is_year(int year)
{
    return year >= 1900 && year < 2100;
}

bool is_period(std::string_view text)
{
    if (text.size() < 4 || text.size() > 20)
        return false;
    if (read_date(text))
        return true;
    if (text.size() == 6 && all_digits(text)) {
        const auto month = (text[4] - '0') * 10 + (text[5] - '0');
        return is_year(std::stoi(std::string(text.substr(0, 4)))) && month >= 1 && month <= 12;
    }
    const auto period = Period::parse(text);
    return period && period->kind() != PeriodKind::other && is_year(period->first_year());
}

bool is_number(std::string_view text)
{
    TableLayout comma;
    TableLayout point;
    comma.thousands.push_back(".");
    point.decimal = '.';
    point.thousands.push_back(",");
    for (const auto* layout : {&comma, &point})
        try {
            if (std::holds_alternative<NumberValue>(ValueReader(*layout).read(text)))
                return true;
        } catch (const Error&) { // a guess that failed is no news
        }
    return false;
}

void add_row(Grid& grid, const TableRow& row)
{
    Grid::Row added;
    added.line = row.line;
    for (std::size_t column = 0; column < row.fields.size(); ++column) {
        auto text = row.kind(column) == CellType::Kind::covered ? "" : std::string(trim_cell(row.fields[column]));
        auto guess = guess_cell(text);
        if (row.kind(column) == CellType::Kind::percent)
            guess = CellGuess::number;
        grid.percent |= row.kind(column) == CellType::Kind::percent;
        added.filled += guess == CellGuess::empty ? 0 : 1;
        added.guesses.push_back(guess);
        added.texts.push_back(std::move(text));
    }
    if (added.filled == 0)
        return;
    added.follows_blank = grid.rows.empty() || grid.rows.back().line + 1 < row.line;
    grid.width = std::max(grid.width, added.texts.size());
    grid.rows.push_back(std::move(added));
}

std::size_t numbers_in(const Grid& grid)
{
    std::size_t count = 0;
    for (const auto& row : grid.rows)
        count += static_cast<std::size_t>(std::count(row.guesses.begin(), row.guesses.end(), CellGuess::number));
    return count;
}

void square(Grid& grid)
{
    for (auto& row : grid.rows) {
        row.texts.resize(grid.width);
        row.guesses.resize(grid.width, CellGuess::empty);
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
    CsvTable probe(bytes, grid.layout);
    const auto text = decode_text(bytes, "auto");
    grid.layout.format = TableLayout::Format::csv;
    grid.layout.encoding = text.encoding;
    CsvReader reader(text.utf8);
    const char stated = reader.take_separator_line();
    const char separator = stated ? stated : likely_separator(reader.rest());
    reader.set_separator(separator);
    grid.layout.separator = std::string(1, separator);
    if (text.guessed)
        grid.findings.push_back("the encoding is a guess: anything that is not UTF-8 passes as windows-1252");
    TableRow row;
    while (reader.read(row))
        add_row(grid, row);
    square(grid);
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

Grid sheet_grid(const Sheet& sheet, std::pair<std::size_t, std::size_t> columns)
{
    Grid grid;
    grid.layout.columns = columns;
    grid.title = sheet.name;
    SheetTable table(sheet, columns);
    table.go_to(1);
    TableRow row;
    while (table.read(row))
        add_row(grid, row);
    square(grid);
    return grid;
}

Grid workbook_grid(std::string_view bytes, TableLayout::Format format)
{
    const auto workbook = open_workbook(bytes, format);
    Grid best;
    std::vector<std::string> others;
    for (std::size_t i = 0; i < workbook->sheets().size(); ++i) {
        if (!workbook->sheets()[i].is_eligible())
            continue;
        const auto sheet = workbook->read(i);
        const auto runs = blocks(sheet);
        for (const auto& run : runs) {
            auto grid = sheet_grid(sheet, run);
            if (runs.size() == 1)
                grid.layout.columns = {0, SIZE_MAX};
            if (workbook->sheets().size() > 1)
                grid.layout.sheet = sheet.name;
            const auto where = fmt::format("sheet '{}', columns {}:{}", excerpt(sheet.name), column_name(run.first),
                                           column_name(run.second));
            const auto count = numbers_in(grid);
            if (count > 0)
                others.push_back(fmt::format("{} has {} numbers", where, count));
            if (count > numbers_in(best))
                best = std::move(grid);
        }
    }
    best.layout.format = format;
    if (others.size() > 1)
        best.findings.push_back("of several tables the one with most numbers was taken: " + join(others, "; "));
    return best;
}

} // namespace

CellGuess guess_cell(std::string_view text)
{
    if (text.empty())
        return CellGuess::empty;
    if (is_period(text))
        return CellGuess::period;
    if (std::find(std::begin(marks), std::end(marks), text) != std::end(marks))
        return CellGuess::mark;
    return is_number(text) ? CellGuess::number : CellGuess::text;
}

std::string year_in(std::string_view text)
{
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        const auto year = text.substr(at, 4);
        const bool alone = at + 4 == text.size() || text[at + 4] < '0' || text[at + 4] > '9';
        if (all_digits(year) && alone && (year.starts_with("19") || year.starts_with("20")))
            return std::string(year);
    }
    return "";
}

Grid read_grid(std::string_view bytes)
{
    const auto format = file_format(bytes);
    auto grid = format == TableLayout::Format::csv ? csv_grid(bytes) : workbook_grid(bytes, format);
    if (numbers_in(grid) == 0)
        throw error("no table of numbers is found in the file");
    return grid;
}

} // namespace skurd

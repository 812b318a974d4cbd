#include "decode/layout/layout_keys.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/pattern.hpp"
#include "decode/workbook/sheet.hpp"
#include "lib/icu/same_text.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace skurd {

namespace {

/// Refuses a pattern that is no regular expression where it stands, not when the first file comes.
std::string get_pattern(Section& layout, std::string_view key)
{
    auto pattern = same_text(layout.get_string(key, ""));
    make_pattern(layout, key, pattern);
    return pattern;
}

std::vector<std::string> get_patterns(Section& layout, std::string_view key)
{
    auto all = layout.get_strings(key);
    for (auto& pattern : all) {
        pattern = same_text(std::move(pattern));
        make_pattern(layout, key, pattern);
    }
    return all;
}

CodesByText get_codes(Section& layout, std::string_view key)
{
    CodesByText codes;
    for (auto& [text, code] : layout.get_string_table(key))
        codes.emplace(same_words(text), same_words(code));
    return codes;
}

void read_columns_key(Section& layout, TableLayout& table)
{
    const auto range = layout.get_string("columns", "");
    if (range.empty())
        return;
    const auto colon = range.find(':');
    const auto first = column_from(range.substr(0, colon));
    const auto last = colon == std::string::npos ? first : column_from(range.substr(colon + 1));
    if (!first || !last || *last < *first)
        layout.fail("columns", fmt::format("'columns' is a range of columns such as 'B:I' and is '{}'", range));
    table.columns = {*first, *last};
}

void read_names(Section& layout, TableLayout& table)
{
    auto names = layout.get_table("names");
    if (!names)
        return;
    for (const auto& key : names->keys()) {
        const auto column = column_from(key);
        if (!column || *column < table.columns.first || *column > table.columns.second)
            names->fail(key, fmt::format("'{}' is not the letter of a column that is read, such as 'A'", key));
        table.names[*column - table.columns.first] = names->require_string(key);
    }
}

void read_rows(Section& layout, TableLayout& table)
{
    table.fill_down = layout.get_strings("fill_down");
    table.skip = get_patterns(layout, "skip");
    table.stop = get_patterns(layout, "stop");
    table.footnotes = layout.get_strings("footnotes");
    table.lone_cells = layout.get_choice("lone_cells", TableLayout::LoneCells::automatic);
    table.blank_rows = layout.get_choice("blank_rows", TableLayout::BlankRows::skip);
}

/// Whether a period has a letter or digit: "?" and "-" stand where nobody knows.
bool says_something(std::string_view period)
{
    return std::any_of(period.begin(), period.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
    });
}

TableDimension read_dimension(Section& series)
{
    TableDimension dimension;
    const bool headings = series.get_bool("headings", false);
    if (!headings)
        dimension.column = same_text(series.require_string("column"));
    else if (series.has("column"))
        series.fail("column", "'column' and 'headings' exclude one another: headings stand between the rows");
    dimension.id = headings ? series.require_string("id") : series.get_string("id", dimension.column);
    dimension.label = headings ? "" : same_text(series.get_string("label", ""));
    dimension.pattern = get_pattern(series, "pattern");
    dimension.codes = get_codes(series, "codes");
    dimension.role = series.get_choice("role", Role::none, {Role::none, Role::geo, Role::metric});
    dimension.empty = series.get_string("empty", "");
    if (headings && !dimension.empty.empty())
        series.fail("empty", "'empty' is the code of an empty cell, and headings are no cells of a column");
    if (series.has("empty") && dimension.empty.empty())
        series.fail("empty", "'empty' is the code of an empty cell, such as '0', and cannot be empty itself");
    return dimension;
}

TableAcross read_across(Section& section, std::size_t header_rows)
{
    TableAcross across;
    across.id = section.require_string("id");
    section.require_string("pattern");
    across.pattern = get_pattern(section, "pattern");
    across.row = static_cast<std::size_t>(
        section.get_integer("row", 0, 1, static_cast<std::int64_t>(std::max<std::size_t>(header_rows, 1))));
    across.role = section.get_choice("role", Role::none);
    across.codes = get_codes(section, "codes");
    return across;
}

} // namespace

void read_place(Section& layout, TableLayout& table)
{
    table.format = layout.get_choice("format", TableLayout::Format::automatic);
    table.title = layout.get_string("title", "");
    if (describes_itself(table.format))
        return;
    table.encoding = layout.get_choice(
        "encoding", "auto", {"auto", "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "latin-1"});
    table.separator = layout.get_choice("separator", "auto", {"auto", ";", ",", "tab", "\t", "|"});
    if (table.separator == "tab")
        table.separator = "\t";
    table.sheet = layout.get_string("sheet", "");
    table.sheet_pattern = get_pattern(layout, "sheet_pattern");
    if (!table.sheet.empty() && !table.sheet_pattern.empty())
        layout.fail("sheet_pattern", "'sheet' and 'sheet_pattern' exclude one another");
    read_columns_key(layout, table);
    table.header = static_cast<std::size_t>(layout.get_integer("header", 0, 1, 1000));
    table.header_rows = static_cast<std::size_t>(layout.get_integer("header_rows", 1, 0, 10));
    table.fill_header = layout.get_bool("fill_header", false);
    read_names(layout, table);
    if (table.header_rows == 0 && table.names.empty())
        layout.fail("header_rows", "a table without a header needs a table [layout.names] that names the columns");
    read_rows(layout, table);
}

void read_series(Section& layout, TableLayout& table)
{
    for (auto& series : layout.get_tables("series")) {
        table.series.push_back(read_dimension(series));
        const auto& read = table.series.back();
        if (!read.empty.empty() &&
            std::find(table.fill_down.begin(), table.fill_down.end(), read.column) != table.fill_down.end())
            series.fail("empty",
                        fmt::format("an empty cell of '{}' is what the last one was ('fill_down'), or a code "
                                    "of its own ('empty'): not both",
                                    read.column));
    }
    table.measures = get_pattern(layout, "measures");
    table.measure_id = layout.get_string("measure_id", "measure");
    for (auto& across : layout.get_tables("across"))
        table.across.push_back(read_across(across, table.header_rows));
    table.fixed = layout.get_string_table("fixed");
    if (table.series.empty() && table.measures.empty() && table.across.empty() && table.fixed.empty())
        layout.fail("series", "nothing says what identifies a series: give [[layout.series]], 'measures', or both");
}

void read_periods(Section& layout, TableLayout& table)
{
    table.periods = get_pattern(layout, "periods");
    table.period_column = same_text(layout.get_string("period_column", ""));
    table.period_cell = layout.get_string("period_cell", "");
    table.period = layout.get_string("period", "");
    table.period_pattern = get_pattern(layout, "period_pattern");
    table.period_codes = get_codes(layout, "period_codes");
    table.dates = layout.get_choice("dates", DatePeriod::refuse);
    table.value_column = same_text(layout.get_string("value_column", ""));
    table.unit_column = same_text(layout.get_string("unit_column", ""));
    table.status_column = same_text(layout.get_string("status_column", ""));
    if (!table.status_column.empty() && table.value_column.empty())
        layout.fail("status_column", "'status_column' says more of the value in 'value_column', which is missing");
    if (!table.period.empty() && !says_something(table.period))
        layout.fail("period",
                    fmt::format("'{}' is no period: say what the whole file is about, such as '2018'", table.period));
    int time_across = 0;
    for (const auto& across : table.across)
        time_across += across.role == Role::time ? 1 : 0;
    const bool wide = !table.periods.empty() || time_across > 0;
    if (!table.periods.empty() + time_across + !table.period_column.empty() + !table.period_cell.empty() +
            !table.period.empty() !=
        1)
        layout.fail("periods",
                    "exactly one of 'periods' (periods are columns), 'period_column' (periods are rows) and "
                    "'period' (one for the whole file) must be given");
    if (!table.period_cell.empty() && !cell_from(table.period_cell))
        layout.fail("period_cell",
                    fmt::format("'period_cell' is a cell such as 'A3' and is '{}'", table.period_cell));
    if (wide && !table.value_column.empty())
        layout.fail("value_column",
                    "'value_column' and 'periods' exclude one another: with periods as columns, those "
                    "hold the values");
    const bool by_pattern = !table.measures.empty() || table.across.size() > static_cast<std::size_t>(time_across);
    if (!wide && table.value_column.empty() == !by_pattern)
        layout.fail("value_column",
                    "exactly one of 'value_column' (one column of values) and 'measures' (several) must "
                    "be given");
    for (const auto& across : table.across)
        if (across.role == Role::time)
            table.period_id = across.id;
    if (time_across == 0)
        table.period_id = layout.get_string("period_id", table.period_column.empty() ? "Tid" : table.period_column);
}

namespace {

bool is_rare_separator(std::string_view word)
{
    return word == "'" || word == "\u2019" || word == "\u2007";
}

void read_signs(Section& layout, TableLayout& table)
{
    if (layout.has("decimal") || layout.has("thousands"))
        table.signs = TableLayout::Signs::stated;
    table.decimal = layout.get_choice("decimal", ",", {",", "."}).front();
    if (layout.has("thousands")) {
        table.thousands.clear();
        for (const auto& word : layout.get_strings("thousands")) {
            if (word == "space")
                table.thousands.insert(table.thousands.end(), {" ", "\u00a0", "\u202f", "\u2009"});
            else if ((word == "." || word == ",") ? word.front() != table.decimal : is_rare_separator(word))
                table.thousands.push_back(word);
            else
                layout.fail("thousands", fmt::format("'{}' cannot separate thousands (known: space, {}, ', \u2019, "
                                                     "the figure space \\u2007)",
                                                     word, table.decimal == ',' ? "." : ","));
        }
    }
}

} // namespace

bool describes_itself(TableLayout::Format format)
{
    return format == TableLayout::Format::jsonstat || format == TableLayout::Format::px;
}

void read_numbers(Section& layout, TableLayout& table)
{
    read_signs(layout, table);
    for (const auto& word : layout.get_strings("negatives")) {
        const auto negative = from_word<Negative>(word);
        if (!negative)
            layout.fail("negatives", fmt::format("'{}' is no way to write negative numbers (known: (1), 1-)", word));
        table.negatives.push_back(*negative);
    }
    table.units = layout.get_strings("units");
    for (const auto& unit : table.units)
        if (unit.empty() || trim(unit) != unit || unit.find_first_of("0123456789.,-+()") != std::string::npos)
            layout.fail("units", fmt::format("'{}' is no unit that can stand behind a number: digits, signs and "
                                             "parentheses are parts of numbers",
                                             unit));
    table.empty = layout.get_choice("empty", TableLayout::Empty::missing);
    table.percent = layout.get_choice("percent", TableLayout::Percent::refuse);
    table.unit = layout.get_string("unit", "");
}

} // namespace skurd

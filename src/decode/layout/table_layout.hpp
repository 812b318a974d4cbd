#pragma once

#include "base/enum_words.hpp"
#include "model/release.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skurd {

/// Code by text, as a layout lists them: the text stays the label.
using CodesByText = std::map<std::string, std::string, std::less<>>;

/// A column whose cells are the codes of one dimension, or the headings between rows that are.
struct TableDimension {
    std::string column;    ///< "" = the headings: cells that stand alone in their rows hold for the rows below
    std::string id;        ///< of the dimension; "" = the column's name
    std::string label{};   ///< the column with the codes' labels; "" = none, codes are their own labels
    std::string pattern{}; ///< what must match: its first group is the code, its second, if any, the label
    CodesByText codes{};   ///< what stands in the file -> the code
    Role role = Role::none;
    std::string empty{}; ///< the code of an empty cell; "" = an empty cell is refused
};

/// A mark behind a number or a missing mark ("12,5*", "153 p", ": c"), or "()" around a number.
struct TableFlag {
    static constexpr std::string_view around = "()";

    std::string text;
    Meaning meaning = Meaning::none; ///< none: it says that nothing is special, and is not kept
};

/// How negative numbers may be written besides with a minus before them.
enum class Negative { parentheses, minus_behind };
template <>
inline constexpr auto enum_words<Negative> = word_table<Negative>({
    {Negative::parentheses, "(1)"},
    {Negative::minus_behind, "1-"},
});

/// A dimension that runs across the columns: what stands in a row of the header tells the category of a column.
struct TableAcross {
    std::string id;
    std::string pattern; ///< that a column must match to hold values; finds the category
    std::size_t row = 0; ///< of the header, from 1; 0 = the whole name, its rows joined by " / "
    Role role = Role::none;
    CodesByText codes{};
    std::string called{}; ///< how errors call it: "periods"
};

/// What becomes of dates where a period is to be.
enum class DatePeriod { refuse, year, half_year, tertial, quarter, month, week, day };
template <>
inline constexpr auto enum_words<DatePeriod> = word_table<DatePeriod>({
    {DatePeriod::refuse, "refuse"},
    {DatePeriod::year, "year"},
    {DatePeriod::half_year, "half-year"},
    {DatePeriod::tertial, "tertial"},
    {DatePeriod::quarter, "quarter"},
    {DatePeriod::month, "month"},
    {DatePeriod::week, "week"},
    {DatePeriod::day, "day"},
});

/// Where things are in a table in a file. Columns are named by their header cell. Patterns are regular
/// expressions searched for in cells; their first group, or without one the whole match, is what they find.
///
/// Exactly one of `periods` (or an `across` with Role::time), `period_column`, `period_cell` and `period` says where
/// the periods are, and without the first exactly one of `value_column` and `measures` (or other `across`) where the
/// values are.
struct TableLayout {
    enum class Format { automatic, csv, xlsx, ods, xls, jsonstat, px };
    enum class Empty { missing, absent };
    enum class Percent { refuse, percent, fraction };
    enum class LoneCells { automatic, refuse, skip, read };
    enum class BlankRows { skip, stop };
    /// Whether the layout says what decimal sign and thousands separators are, or has the defaults.
    enum class Signs { assumed, stated };

    Format format = Format::automatic;
    std::string encoding = "auto"; ///< of CSV: as decode_text takes it
    std::string separator =
        "auto";                ///< of CSV: one character; "auto" = what the header line has: ";", a tab, else ","
    std::string sheet;         ///< name of the sheet; may be left out where the file has one
    std::string sheet_pattern; ///< or a pattern that exactly one sheet's name matches
    std::pair<std::size_t, std::size_t> columns{0, SIZE_MAX}; ///< first and last that are read of a sheet, from 0
    std::size_t header = 0; ///< row of the header in the file, from 1; 0 = the first after a `sep=` line or blanks
    std::size_t header_rows = 1;              ///< rows the header has; with 0 `names` names the columns
    bool fill_header = false;                 ///< upper rows of the header name a group in its first cell only
    std::map<std::size_t, std::string> names; ///< of columns, by position from 0, in place of what the header says

    std::vector<TableDimension> series; ///< what identifies a series; may be empty where values run across
    std::string measures;               ///< pattern: the value columns, each a category of one more dimension
    std::string measure_id = "measure";
    std::vector<TableAcross> across;
    std::vector<std::pair<std::string, std::string>> fixed; ///< dimensions of one category: id and code

    std::string periods;        ///< pattern: periods are columns
    std::string period_column;  ///< periods are rows
    std::string period_cell;    ///< the one period of the whole file stands in this cell of the sheet: "A3"
    std::string period;         ///< the one period of the whole file
    std::string period_pattern; ///< what to take of a period cell; "" = all of it
    std::string period_id;      ///< of the time dimension; "" = the period column's name, else "Tid"
    CodesByText period_codes;   ///< what stands in the file -> the period
    DatePeriod dates = DatePeriod::refuse;
    std::string value_column;
    std::string unit_column;   ///< holds the unit of the row's values
    std::string status_column; ///< holds the flag of the row's value, or why there is none

    std::vector<std::string> fill_down; ///< columns written once per group: an empty cell is what the last one was
    std::vector<std::string> skip;      ///< patterns: rows of which the first or a series' cell matches are left out
    std::vector<std::string> stop;      ///< patterns: the table ends before a row whose first cell matches
    std::vector<std::string> footnotes; ///< marks that may stand behind names, codes and labels, and are taken off
    LoneCells lone_cells =
        LoneCells::automatic; ///< rows with one cell that is no value; else refused in a sheet, read in CSV
    BlankRows blank_rows = BlankRows::skip;

    Signs signs = Signs::assumed; ///< assumed: "1,234" is refused unless other numbers of the file decide
    char decimal = ',';
    std::vector<std::string> thousands = {" ", "\u00a0", "\u202f", "\u2009"};
    std::vector<std::string> missing; ///< marks that stand for no value; kept as the cell's symbol
    std::vector<TableFlag> flags;
    std::vector<Negative> negatives;
    std::vector<std::string> units; ///< words behind or before numbers that are their unit, besides % and %-poeng
    std::vector<std::pair<std::string, std::string>> notes; ///< pattern of notes that stand for no value -> symbol
    Empty empty = Empty::missing;                           ///< what an empty cell is; missing has no symbol
    Percent percent = Percent::refuse;  ///< what cells shown as percent are; the number in the file is the fraction
    std::string unit;                   ///< of numbers that carry none themselves
    std::string title;                  ///< the cube's label
    std::size_t bytes_max = 64UL << 20; ///< larger files are refused
    std::size_t cells_max = 10'000'000; ///< and those that would make a larger cube
};

template <>
inline constexpr auto enum_words<TableLayout::Format> = word_table<TableLayout::Format>({
    {TableLayout::Format::automatic, "auto"},
    {TableLayout::Format::csv, "csv"},
    {TableLayout::Format::xlsx, "xlsx"},
    {TableLayout::Format::ods, "ods"},
    {TableLayout::Format::xls, "xls"},
    {TableLayout::Format::jsonstat, "jsonstat"},
    {TableLayout::Format::px, "px"},
});

template <>
inline constexpr auto enum_words<TableLayout::Empty> = word_table<TableLayout::Empty>({
    {TableLayout::Empty::missing, "missing"},
    {TableLayout::Empty::absent, "absent"},
});

template <>
inline constexpr auto enum_words<TableLayout::Percent> = word_table<TableLayout::Percent>({
    {TableLayout::Percent::refuse, "refuse"},
    {TableLayout::Percent::percent, "percent"},
    {TableLayout::Percent::fraction, "fraction"},
});

template <>
inline constexpr auto enum_words<TableLayout::LoneCells> = word_table<TableLayout::LoneCells>({
    {TableLayout::LoneCells::automatic, "auto"},
    {TableLayout::LoneCells::refuse, "refuse"},
    {TableLayout::LoneCells::skip, "skip"},
    {TableLayout::LoneCells::read, "read"},
});

template <>
inline constexpr auto enum_words<TableLayout::BlankRows> = word_table<TableLayout::BlankRows>({
    {TableLayout::BlankRows::skip, "skip"},
    {TableLayout::BlankRows::stop, "stop"},
});

/// A `[layout]` table, read: how to decode the file, and what its symbols mean.
struct FileLayout {
    TableLayout table;
    Conventions conventions;
};

} // namespace skurd

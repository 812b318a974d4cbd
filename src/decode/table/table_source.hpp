#pragma once

#include "base/csv_reader.hpp"
#include "base/decimal.hpp"
#include "decode/layout/table_layout.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What a cell of a sheet is besides its text; cells of CSV are all text.
struct CellType {
    enum class Kind : std::uint8_t {
        text,
        number,
        percent,       ///< a fraction that is shown as percent
        date,          ///< the text is ISO 8601
        time,          ///< a time of day or a duration; the text is hours, minutes and seconds
        not_computed,  ///< a formula whose result nobody knows; the text is none of its own
        covered,       ///< the text is that of the merged cell it belongs to, which begins left of it in this row
        covered_above, ///< or in a row above
    };
    Kind kind = Kind::text;
    Decimal number{};                   ///< of a number or fraction; its text may have zeros before it, as a code has
    DatePeriod shown = DatePeriod::day; ///< of a date: how much of it is shown; year, month or day
};

/// One row of a table: line or row number, texts, and in a sheet as many types.
struct TableRow : CsvRecord {
    std::vector<CellType> types; ///< empty in CSV

    CellType::Kind kind(std::size_t column) const
    {
        return column < types.size() ? types[column].kind : CellType::Kind::text;
    }
    bool is_covered(std::size_t column) const
    {
        return kind(column) == CellType::Kind::covered || kind(column) == CellType::Kind::covered_above;
    }
};

/// What an error says of a cell whose formula was never computed.
constexpr std::string_view not_computed_text =
    "a formula that was never computed since it was written: open the file "
    "in a spreadsheet program and save it there";

/// A single cell, trimmed, and how errors call it.
struct PlacedText {
    std::string text;
    std::string place;
};

/// The rows of a file, one at a time, and how errors call its places.
class TableSource {
public:
    virtual ~TableSource() = default;

    /// Goes to the header: to the row with that number, or for 0 to where one is likely.
    virtual void go_to(std::size_t header) = 0;
    virtual std::size_t line() const = 0; ///< of what comes next, from 1
    virtual bool at_end() const = 0;
    virtual bool read(TableRow& row) = 0; ///< false at the end
    /// A cell by its name ("A3"), wherever reading stands. Throws Error where cells have no names (CSV).
    virtual PlacedText cell(const std::string& name) const = 0;

    virtual bool is_sheet() const = 0;
    virtual bool ends_openly() const
    {
        return false;
    } ///< whether the file's last field may go on: text without an end
    virtual std::string place(std::size_t line) const = 0;
    /// `name` is the column's, where it has one.
    virtual std::string place(std::size_t line, std::size_t column, const std::string& name) const = 0;
};

} // namespace skurd

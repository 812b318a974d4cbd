#pragma once

#include "base/error.hpp"
#include "decode/layout/table_layout.hpp"

#include <map>

namespace skurd {

/// A file's cube, and what a person should know of how it was read.
struct TableFile {
    Cube cube;
    std::vector<std::string> notes;
    /// Symbols of several flags, and the one of them whose meaning they have: "bp" and "p".
    std::map<std::string, std::string> combined{};
    /// Flags that the layout does not name and the format defines.
    std::vector<TableFlag> format_flags{};

    /// What a layout's symbols mean, and what those mean that stand together in this file.
    Conventions conventions(Conventions layout) const;
};

/// A value that the file gives twice.
class DuplicateValueError : public Error {
public:
    using Error::Error;
};

/// Reads a table whole or not at all: CSV, XLSX, ODS, XLS, or a file that says itself where things are, PX or the
/// one dataset of JSON-stat (of which the layout only says `format` and limits). The dimensions are those of `series`
/// in that order, the fixed ones, those across, and time (Role::time), each with its categories in the file's order.
/// A combination that the file does not mention is Cell::State::absent. A unit behind the numbers ("%", "%-poeng"),
/// in the unit column or given by a percent format becomes the unit of the category that determines it.
///
/// Throws Error that names the cell ("line 3, column '2017'", "sheet 'Tabell 2', D14"), and says what is there and
/// what was expected: another format; bad encoding; a column or sheet that is not there; a ragged row; something that
/// is neither a number nor a missing mark; a value given twice (DuplicateValueError); two units in one series; no
/// rows; a limit. Whatever the bytes are, nothing but Error is thrown.
TableFile decode_table(std::string_view bytes, const TableLayout& layout);

} // namespace skurd

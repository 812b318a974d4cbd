#pragma once

#include "model/cube.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A column whose cells are the codes of one dimension.
struct CsvDimension {
    std::string column;
    std::string id;    ///< of the dimension; "" = the column's name
    std::string label; ///< the column with the codes' labels; "" = none, codes are their own labels
};

/// Where things are in a CSV file. Columns are named by their header cell. Patterns are ECMAScript regular
/// expressions searched for in header cells; their first group, or without one the whole match, is what they find.
///
/// Exactly one of `periods`, `period_column` and `period` says where the periods are, and with the latter two exactly
/// one of `value_column` and `measures` where the values are.
struct CsvLayout {
    enum class Empty { missing, absent };

    std::string encoding = "auto";  ///< as decode_text takes it
    std::string separator = "auto"; ///< one character; "auto" = what the header line has: ";", a tab, else ","
    std::size_t header = 0;         ///< line of the header in the file, from 1; 0 = the first after a `sep=` line
    std::size_t header_rows = 1;    ///< lines the header has; their cells are joined by " / "

    std::vector<CsvDimension> series; ///< what identifies a series; may be empty only with `measures`
    std::string measures;             ///< pattern: the value columns, each a category of one more dimension
    std::string measure_id = "measure";

    std::string periods;       ///< pattern: periods are columns
    std::string period_column; ///< periods are rows
    std::string period;        ///< the one period of the whole file
    std::string period_id;     ///< of the time dimension; "" = the period column's name, else "Tid"
    std::string value_column;

    char decimal = ',';
    std::vector<std::string> thousands = {" ", "\u00a0", "\u202f", "\u2009"};
    std::vector<std::string> missing;   ///< marks that stand for no value; kept as the cell's symbol
    Empty empty = Empty::missing;       ///< what an empty cell is; missing has no symbol
    std::string unit;                   ///< of numbers that carry none themselves
    std::string title;                  ///< the cube's label
    std::size_t bytes_max = 64ul << 20; ///< larger files are refused
    std::size_t cells_max = 10'000'000; ///< and those that would make a larger cube
};

/// Reads a CSV file whole or not at all. The dimensions are those of `series` in that order, the one of `measures`,
/// and time (Role::time), each with its categories in the file's order. A combination the file does not mention is
/// Cell::State::absent. A unit behind the numbers ("%", "%-poeng") becomes the unit of the category that determines
/// it.
///
/// Throws Error that names line and column, and says what is there and what was expected: not text, HTML or a
/// spreadsheet; bad encoding; a column that is not there; a ragged row; something that is neither a number nor a
/// missing mark; a value given twice; two units in one series; no rows; a limit.
Cube decode_csv(std::string_view bytes, const CsvLayout& layout);

/// A CSV file's cube, and whether its encoding was a guess, as decode_text says.
struct CsvFile {
    Cube cube;
    bool encoding_guessed = false;
};

/// decode_csv() for those who also want to know how sure the reading is.
CsvFile decode_csv_file(std::string_view bytes, const CsvLayout& layout);

} // namespace skurd

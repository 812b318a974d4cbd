#pragma once

#include "base/decimal.hpp"
#include "decode/csv_layout.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace skurd {

/// A number with the unit written behind it: "%", "%-poeng", or "".
struct CsvNumber {
    Decimal number;
    std::string unit;
};

/// What a value cell of a CSV file says: a number, a missing mark, or nothing at all.
struct CsvMark {
    std::string text;
};
struct CsvEmpty {};
using CsvValue = std::variant<CsvNumber, CsvMark, CsvEmpty>;

/// Reads "13 936", "-1,5 %", "−3" by the layout's decimal sign, thousands separators and missing marks. Thousands
/// come in groups of exactly three digits, all with the same separator. Throws Error without place: "'ca. 40' is not
/// a number (decimal sign ',', thousands: space)".
CsvValue read_value(std::string_view cell, const CsvLayout& layout);

/// Without white space at both ends, that of Unicode included which is used in numbers (U+00A0, U+202F, U+2009).
std::string_view trim_cell(std::string_view text);

/// A cell's text as it may stand in an error: at most 60 bytes of UTF-8, on one line.
std::string quotable(std::string_view text);

} // namespace skurd

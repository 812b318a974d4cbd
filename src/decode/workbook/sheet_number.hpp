#pragma once

#include "base/decimal.hpp"
#include "decode/layout/table_layout.hpp"
#include "decode/workbook/sheet.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// The number a spreadsheet's file states, from its own digits: "600000e-6" is 0.6, "91.30" is 91.3 (a file says
/// nothing by zeros at the end; how many decimals are shown is the cell's format).
///
/// A number of more than 15 significant digits is what is left of a shorter one that went through binary floating
/// point (2.2000000000000002): where a decimal of at most 15 digits is the same double, that one is taken. Where none
/// is, as for an average, the digits stay as they are. Nothing for what is no number or does not fit a Decimal.
std::optional<Decimal> sheet_number(std::string_view text);

/// The decimal of the fewest digits that is this double, by the same rule; for a format that stores doubles (XLS).
std::optional<Decimal> sheet_number(double number);

/// What a number format shows a number as.
enum class NumberFormat : std::uint8_t { plain, percent, date, time };

/// A number format, as far as it says what a number is.
struct CellFormat {
    NumberFormat shows = NumberFormat::plain;
    DatePeriod date = DatePeriod::day; ///< how much of a date: year, month or day
    std::uint8_t digits = 0;           ///< that a whole number is filled up to with zeros: 4 of "0000", else 0
};

/// By the format's code, of its sections the first with a place for a number: "0.0 %" is percent; "dd.mm.yyyy",
/// "[$-414]mmm yyyy" are dates; "h:mm", "[h]" times. Quoted text, escapes, colours and conditions in brackets are
/// looked past. (ECMA-376, 18.8.31.)
CellFormat cell_format(std::string_view code);

/// By the number of a built-in format of Excel (ECMA-376, 18.8.30).
CellFormat builtin_cell_format(std::size_t id);

/// A cell of a number, as the format shows it. Dates are counted in days from 1900 as Excel does (with a 29 February
/// in 1900), or from 1904, and rounded to the second first, as doubles miss midnight by a little. Before the first
/// day a date's format shows a time, and what lies past the year 9999 has the digits for its text.
SheetCell number_cell(std::uint32_t column, std::string_view text, const CellFormat& format, bool from_1904);

/// A cell of a date, of a date and a time or of a time as ISO 8601 writes them; rounded to the second likewise. What
/// is none of them is text.
SheetCell iso_date_cell(std::uint32_t column, std::string_view text);

/// Seconds as hours, minutes and seconds: "36:00:00".
std::string duration_text(std::int64_t seconds);

} // namespace skurd

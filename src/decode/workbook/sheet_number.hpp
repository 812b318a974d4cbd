#pragma once

#include "base/decimal.hpp"
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
enum class NumberFormat { plain, percent, date };

/// By the format's code: "0.0 %" is percent; "dd.mm.yyyy", "[$-414]mmm yyyy" are dates. Quoted text, escapes, colours
/// and conditions in brackets are looked past. (ECMA-376, 18.8.31.)
NumberFormat number_format(std::string_view code);

/// By the number of a built-in format of Excel (ECMA-376, 18.8.30).
NumberFormat builtin_number_format(int id);

/// A cell of a number, as the format shows it. A date is counted in days from 1900 as Excel does (with a 29 February
/// in 1900), or from 1904; what is out of range stays a number.
SheetCell number_cell(std::uint32_t column, std::string_view text, NumberFormat format, bool from_1904);

} // namespace skurd

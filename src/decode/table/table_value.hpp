#pragma once

#include "base/decimal.hpp"
#include "decode/layout/table_layout.hpp"
#include "decode/pattern.hpp"
#include "decode/table/table_source.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace skurd {

/// A number with the unit written behind it ("%", "%-poeng"), or "%" of a percent format, or "".
struct NumberValue {
    Decimal number;
    std::string unit;
};

/// What a value cell says: a number, a missing mark, or nothing at all.
struct MarkValue {
    std::string text;
};
struct EmptyValue {};
using TableValue = std::variant<NumberValue, MarkValue, EmptyValue>;

/// Reads value cells by a layout's rules. The layout must outlive it.
class ValueReader {
public:
    explicit ValueReader(const TableLayout& layout);

    /// Reads "13 936", "-1,5 %", "−3" by the layout's decimal sign, thousands separators and missing marks. Thousands
    /// come in groups of exactly three digits, all with the same separator. Throws Error without place: "'ca. 40' is
    /// not a number (decimal sign ',', thousands: space)".
    TableValue read(std::string_view cell) const;

    /// The same for a cell of a row, of which a sheet may know more than its text.
    TableValue read(const TableRow& row, std::size_t column) const;

private:
    TableValue read_percent(const Decimal& fraction) const;

    const TableLayout& layout_;
    std::vector<std::pair<Pattern, std::string>> notes_;
};

/// Without white space at both ends, that of Unicode included which is used in numbers (U+00A0, U+202F, U+2009).
std::string_view trim_cell(std::string_view text);

} // namespace skurd

#pragma once

#include "base/decimal.hpp"
#include "decode/layout/table_layout.hpp"
#include "decode/pattern.hpp"
#include "decode/table/table_source.hpp"
#include "decode/table/written_number.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skurd {

/// A status symbol as written, and the listed flag or mark that it means; the two differ where several stand
/// together.
struct ValueSymbol {
    std::string text; ///< "bp", ": c"; "" = none
    std::string means;
};

/// A number with the unit written at it ("%", "%-poeng"), or "%" of a percent format, or "", and its flags.
struct NumberValue {
    Decimal number;
    std::string unit;
    ValueSymbol symbol{};
    SignEvidence evidence = SignEvidence::decisive;
};

/// What a value cell says: a number, a missing mark, or nothing at all.
struct MarkValue {
    ValueSymbol symbol;
};
struct EmptyValue {};
using TableValue = std::variant<NumberValue, MarkValue, EmptyValue>;

/// Reads value cells by a layout's rules. The layout must outlive it.
class ValueReader {
public:
    explicit ValueReader(const TableLayout& layout);

    /// Reads "13 936", "-1,5 %", "−3", and with the layout's flags and units "12,5*", ": c", "12 kr". Throws Error
    /// without place: "'ca. 40' is not a number (decimal sign ',', thousands: space)", and for a number too long.
    TableValue read(std::string_view cell) const;

    /// The same for a cell of a row, of which a sheet may know more than its text.
    TableValue read(const TableRow& row, std::size_t column) const;

    /// The value with what its status column says.
    TableValue with_status(TableValue value, std::string_view status) const;

private:
    using Flags = std::vector<const TableFlag*>; ///< as they stand

    bool is_missing(std::string_view text) const;
    void take_flags(std::string_view& text, Flags& flags) const;
    std::string take_unit(std::string_view& text) const;
    bool take_negative(std::string_view& text, Flags& flags) const;
    std::optional<TableValue> read_flagged(std::string_view text) const;
    TableValue read_percent(const Decimal& fraction) const;

    const TableLayout& layout_;
    std::vector<std::string> units_; ///< longest first
    std::vector<std::pair<Pattern, std::string>> notes_;
};

/// Without white space at both ends, that of Unicode included which is used in numbers (U+00A0, U+202F, U+2009).
std::string_view trim_cell(std::string_view text);

} // namespace skurd

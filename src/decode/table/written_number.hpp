#pragma once

#include "base/decimal.hpp"
#include "decode/layout/table_layout.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// What a number tells of what the signs in a file are.
enum class SignEvidence : std::uint8_t {
    none,      ///< "987": nothing
    ambiguous, ///< "1,234": a decimal sign before exactly three digits could separate thousands as well
    decisive,  ///< "0,123", "12,5", "1 234", "12345": the decimal sign is what the layout says
};

struct WrittenNumber {
    Decimal number;
    SignEvidence evidence = SignEvidence::none;
};

/// Reads a number as people write it, "-1 234,5", by the layout's decimal sign and thousands separators; nothing for
/// what is none. Groups have exactly three digits, all with the same separator, and the first of them does not begin
/// with 0: "0.125" is no 125. Throws Error for a number of more digits than a Decimal holds.
std::optional<WrittenNumber> read_written_number(std::string_view text, const TableLayout& layout);

} // namespace skurd

#pragma once

#include "base/decimal.hpp"
#include "store/engine/statement.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// A decimal as the columns value, decimals and value_text hold it: a double that every reader understands, the
/// number of decimals as published, and the digits as text where 15 significant digits of a double do not carry them.
struct StoredNumber {
    double value = 0;
    int decimals = 0;
    std::string text; ///< "" where value and decimals say it all
};

StoredNumber to_stored(const Decimal& number);

/// Binds a number, or nothing, to three parameters: value, decimals, value_text.
void bind_decimal(Parameters& parameters, int first, const std::optional<Decimal>& number);
/// The other way: three columns. Nothing where value is NULL.
std::optional<Decimal> decimal_at(const Statement& row, int first);

/// A decimal as an exact text, or NULL.
std::optional<std::string> exact_text(const std::optional<Decimal>& number);
/// The other way: a column of such texts.
std::optional<Decimal> exact_number(const Statement& row, int column);

/// The very decimal that to_stored was given. Throws Error when the columns hold no such number.
Decimal from_stored(double value, int decimals, std::string_view text);

} // namespace skurd

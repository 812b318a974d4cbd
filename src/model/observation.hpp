#pragma once

#include "base/decimal.hpp"
#include "base/enum_words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What a status symbol means: a closed list. Which symbol means what depends on the source (see Conventions).
enum class Meaning : std::uint8_t {
    none, ///< no symbol
    not_applicable,
    not_available,
    preliminary_missing,
    confidential,
    nil, ///< a true zero
    not_computable,
    provisional, ///< of a number that is there, as the five below it
    estimated,   ///< by the source, or a forecast
    revised,
    break_in_series,
    low_reliability,
    footnote, ///< the source says more of it elsewhere
    suppressed,
    withdrawn,
    not_asked,
    unknown, ///< kept as written and reported
};

/// As they stand in the store and in JSON.
template <>
inline constexpr auto enum_words<Meaning> = word_table<Meaning>({
    {Meaning::none, ""},
    {Meaning::not_applicable, "not applicable"},
    {Meaning::not_available, "not available"},
    {Meaning::preliminary_missing, "preliminary missing"},
    {Meaning::confidential, "confidential"},
    {Meaning::nil, "nil"},
    {Meaning::not_computable, "not computable"},
    {Meaning::provisional, "provisional"},
    {Meaning::estimated, "estimated"},
    {Meaning::revised, "revised"},
    {Meaning::break_in_series, "break in series"},
    {Meaning::low_reliability, "low reliability"},
    {Meaning::footnote, "footnote"},
    {Meaning::suppressed, "suppressed"},
    {Meaning::withdrawn, "withdrawn"},
    {Meaning::not_asked, "not asked for"},
    {Meaning::unknown, "unknown"},
});
/// Meaning::unknown for a word that is none of them.
Meaning meaning_from(std::string_view word);
/// Whether it says something of a number that is there, rather than why there is none.
bool qualifies_number(Meaning meaning);

/// A status symbol as the source wrote it, and what it means there.
struct Symbol {
    std::string text;
    Meaning meaning = Meaning::none;

    friend bool operator==(const Symbol&, const Symbol&) = default;
};

/// One cell of a grid of numbers, in 16 bytes. A missing value is never zero: it has no number.
struct Cell {
    enum class State : std::uint8_t {
        absent,  ///< the payload says nothing about this cell
        missing, ///< the payload says there is no value, perhaps with a symbol
        number,
    };

    std::int64_t mantissa = 0;
    std::int8_t scale = 0;
    State state = State::absent;
    std::uint16_t symbol = 0; ///< index into the symbols of the grid the cell stands in; 0 = none

    static Cell of(const Decimal& number, std::uint16_t symbol = 0)
    {
        return {number.mantissa(), static_cast<std::int8_t>(number.scale()), State::number, symbol};
    }
    static Cell missing(std::uint16_t symbol = 0) { return {0, 0, State::missing, symbol}; }

    bool has_number() const { return state == State::number; }
    /// The number, or nothing.
    std::optional<Decimal> number() const
    {
        return has_number() ? std::optional(Decimal(mantissa, scale)) : std::nullopt;
    }
};
static_assert(sizeof(Cell) == 16);

/// A value-or-nothing with its symbol, outside any grid: what a read of the store gives.
struct Value {
    std::optional<Decimal> number;
    Symbol symbol;

    friend bool operator==(const Value&, const Value&) = default;
};

} // namespace skurd

#pragma once

#include "base/decimal.hpp"

#include <bit>
#include <cstring>
#include <optional>

namespace skurd {

/// Eight characters of text as one number, the first in its lowest byte; arithmetic on it is arithmetic on all eight.
/// (Lemire, "Quickly parsing eight digits", 2018; as in fast_float.)
class EightCharacters {
public:
    explicit EightCharacters(const char* at) { std::memcpy(&characters_, at, sizeof characters_); }

    /// How many of them are digits, before the first that is not.
    int leading_digits() const
    {
        // One of the two sets the highest bit of a byte that is no digit; carries reach only the bytes after it.
        const auto others = (characters_ + 0x4646464646464646U) | (characters_ - 0x3030303030303030U);
        return std::countr_zero(others & 0x8080808080808080U) / 8;
    }

    /// What the first `count` of them say; they must be digits, and at least one.
    std::int64_t number(int count) const
    {
        constexpr std::uint64_t every_fourth = 0x000000FF000000FFU;
        auto digits = (characters_ - 0x3030303030303030U) << (64 - 8 * count);
        digits = digits * 10 + (digits >> 8);
        digits = (digits & every_fourth) * (100 + (std::uint64_t(1'000'000) << 32)) +
                 ((digits >> 16) & every_fourth) * (1 + (std::uint64_t(10'000) << 32));
        return static_cast<std::int64_t>(digits >> 32);
    }

private:
    std::uint64_t characters_ = 0;
};

/// A JSON number as nearly all are: at most eight digits, then perhaps a point and at most eight more, directly
/// before a comma or closing bracket. Nothing for anything else, be it a number or not. Reads up to 18 bytes past a
/// token, which a JsonDocument has behind its last (simdjson::SIMDJSON_PADDING).
///
/// It is what a table of a million cells is decoded with; Decimal::parse reads the others.
inline std::optional<Decimal> plain_number(const char* token)
{
    if constexpr (std::endian::native != std::endian::little)
        return std::nullopt;
    constexpr std::int64_t powers_of_ten[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
    const bool negative = *token == '-';
    const char* at = token + (negative ? 1 : 0);
    const EightCharacters whole(at);
    const int length = whole.leading_digits();
    if (length == 0 || (*at == '0' && length > 1))
        return std::nullopt;
    auto mantissa = whole.number(length);
    int scale = 0;
    at += length;
    if (*at == '.') {
        const EightCharacters decimals(++at);
        scale = decimals.leading_digits();
        if (scale == 0)
            return std::nullopt;
        mantissa = mantissa * powers_of_ten[scale] + decimals.number(scale);
        at += scale;
    }
    if (*at != ',' && *at != ']' && *at != '}')
        return std::nullopt;
    return Decimal(negative ? -mantissa : mantissa, scale);
}

} // namespace skurd

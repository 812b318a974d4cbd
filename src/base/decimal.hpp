#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// An exact decimal number as published: mantissa * 10^-scale, with the source's number of decimals kept in the
/// scale ("4.50" is 450 with scale 2). Compared by value: 4.5 == 4.50. Never passes through binary floating point.
///
/// The mantissa is one 64-bit integer, so up to 18 significant digits always fit (19 mostly do): more than any
/// statistic is published with, and 16 bytes a cell.
class Decimal {
public:
    static constexpr int scale_max = 30;

    constexpr Decimal() = default;
    /// scale must be in [0, scale_max].
    constexpr Decimal(std::int64_t mantissa, int scale) : mantissa_(mantissa), scale_(static_cast<std::int8_t>(scale))
    {
    }

    /// Reads "12", "-3.10", "+1", "5e3", "600000e-6" (JSON's grammar, and a leading plus or point). Nothing when the
    /// text is anything else, or the number does not fit.
    static std::optional<Decimal> parse(std::string_view text);

    constexpr std::int64_t mantissa() const { return mantissa_; }
    constexpr int scale() const { return scale_; } ///< number of decimals
    constexpr bool is_zero() const { return mantissa_ == 0; }
    constexpr bool is_negative() const { return mantissa_ < 0; }

    /// With exactly `scale()` decimals and a decimal point: "-3.10".
    std::string text() const;

    /// The same value without trailing zeros after the point: 4.50 -> 4.5.
    Decimal normalised() const;

    friend bool operator==(const Decimal& a, const Decimal& b) { return std::is_eq(a <=> b); }
    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

private:
    std::int64_t mantissa_ = 0;
    std::int8_t scale_ = 0;
};

} // namespace skurd

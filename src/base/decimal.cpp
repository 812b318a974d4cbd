#include "base/decimal.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

namespace skurd {

namespace {

__extension__ using Wide = __int128;

constexpr auto mantissa_max = std::numeric_limits<std::int64_t>::max();

bool append_digit(std::int64_t& mantissa, int digit)
{
    if (mantissa >= mantissa_max / 10 && mantissa > (mantissa_max - digit) / 10)
        return false;
    mantissa = mantissa * 10 + digit;
    return true;
}

/// What stands before the exponent: digits and the number of them after the point.
struct Significand {
    std::int64_t mantissa = 0;
    int scale = 0;
};

std::optional<Significand> take_significand(std::string_view& text)
{
    Significand read;
    bool any = false;
    bool point = false;
    for (; !text.empty(); text.remove_prefix(1)) {
        const char c = text.front();
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        if (!append_digit(read.mantissa, c - '0'))
            return std::nullopt;
        read.scale += point ? 1 : 0;
        any = true;
    }
    return any ? std::optional(read) : std::nullopt;
}

std::optional<int> take_exponent(std::string_view& text)
{
    if (text.empty() || (text.front() != 'e' && text.front() != 'E'))
        return 0;
    text.remove_prefix(1);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    int exponent = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (failure != std::errc() || exponent > 1000 || exponent < -1000)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return exponent;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    auto read = take_significand(text);
    if (!read)
        return std::nullopt;
    const auto exponent = take_exponent(text);
    if (!exponent || !text.empty())
        return std::nullopt;
    int scale = read->scale - *exponent;
    for (; scale < 0 && read->mantissa != 0; ++scale)
        if (!append_digit(read->mantissa, 0))
            return std::nullopt;
    for (; scale > scale_max && read->mantissa % 10 == 0 && read->mantissa != 0; --scale)
        read->mantissa /= 10;
    if (read->mantissa == 0)
        scale = scale < 0 ? 0 : scale > scale_max ? scale_max : scale;
    if (scale > scale_max)
        return std::nullopt;
    return Decimal(negative ? -read->mantissa : read->mantissa, scale);
}

std::string Decimal::text() const
{
    const bool negative = mantissa_ < 0;
    const auto bits = static_cast<std::uint64_t>(mantissa_);
    const std::string digits = fmt::format("{:0{}}", negative ? 0 - bits : bits, scale_ + 1);
    const auto whole = digits.size() - static_cast<std::size_t>(scale_);
    const std::string_view all = digits;
    return fmt::format("{}{}{}{}", negative ? "-" : "", all.substr(0, whole), scale_ > 0 ? "." : "",
                       all.substr(whole));
}

Decimal Decimal::normalised() const
{
    Decimal shorter = *this;
    for (; shorter.scale_ > 0 && shorter.mantissa_ % 10 == 0; --shorter.scale_)
        shorter.mantissa_ /= 10;
    return shorter;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b)
{
    Wide left = a.mantissa_;
    Wide right = b.mantissa_;
    // A mantissa is under 2^63 < 10^19; scaled by 10^19 or more it outgrows any other, and 128 bits hold 10^38.
    const int difference = b.scale_ - a.scale_;
    Wide& smaller_scale = difference > 0 ? left : right;
    for (int step = difference > 0 ? difference : -difference; step > 0; --step) {
        if (smaller_scale == 0)
            break;
        if (smaller_scale > Wide(mantissa_max) * 10 || smaller_scale < -Wide(mantissa_max) * 10)
            return (smaller_scale > 0) == (difference > 0) ? std::strong_ordering::greater
                                                           : std::strong_ordering::less;
        smaller_scale *= 10;
    }
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

} // namespace skurd

#include "indicator/fast_rule.hpp"

#include <limits>
#include <numeric>

namespace skurd {

namespace {

__extension__ using Wide = __int128;

bool multiply(Wide& number, Wide factor)
{
    return !__builtin_mul_overflow(number, factor, &number);
}

bool scale_up(Wide& number, int tens)
{
    for (; tens > 0; --tens)
        if (!multiply(number, 10))
            return false;
    return true;
}

/// Brings the mantissas of two decimals to one scale; that scale, or nothing when one does not fit.
std::optional<int> align(const Decimal& a, Wide& a_mantissa, const Decimal& b, Wide& b_mantissa)
{
    a_mantissa = a.mantissa();
    b_mantissa = b.mantissa();
    const int scale = std::max(a.scale(), b.scale());
    if (!scale_up(a_mantissa, scale - a.scale()) || !scale_up(b_mantissa, scale - b.scale()))
        return std::nullopt;
    return scale;
}

/// |new| * below^years against |old| * above^years.
std::optional<int> compare(Wide new_value, Wide old_value, Wide above, Wide below, int years)
{
    for (int year = 0; year < years; ++year)
        if (!multiply(new_value, below) || !multiply(old_value, above))
            return std::nullopt;
    return new_value > old_value ? 1 : new_value < old_value ? -1 : 0;
}

std::optional<Decimal> divided(Wide number, Wide divisor, int scale)
{
    Wide twice = number < 0 ? -number : number;
    if (!multiply(twice, 2) || __builtin_add_overflow(twice, divisor, &twice) || !multiply(divisor, 2))
        return std::nullopt;
    const Wide nearest = twice / divisor;
    if (nearest > std::numeric_limits<std::int64_t>::max())
        return std::nullopt;
    const auto mantissa = static_cast<std::int64_t>(nearest);
    return Decimal(number < 0 ? -mantissa : mantissa, scale);
}

} // namespace

std::optional<Movement> fast_points(const Change& change)
{
    Wide old_value = 0;
    Wide new_value = 0;
    const auto scale = align(*change.old_value, old_value, *change.new_value, new_value);
    Wide moved = 0;
    if (!scale || __builtin_sub_overflow(new_value, old_value, &moved))
        return std::nullopt;
    const auto& points = change.thresholds.share_points;
    Wide limit = points.mantissa();
    const int common = std::max(*scale, points.scale());
    if (!multiply(limit, change.years) || !scale_up(limit, common - points.scale()) ||
        !scale_up(moved, common - *scale))
        return std::nullopt;
    return moved > limit ? Movement::rise : moved < -limit ? Movement::fall : Movement::within;
}

std::optional<Movement> fast_ratio(const Change& change)
{
    Wide old_value = 0;
    Wide new_value = 0;
    Wide whole = 100;
    const auto& percent = change.thresholds.percent;
    if (!align(*change.old_value, old_value, *change.new_value, new_value) || !scale_up(whole, percent.scale()) ||
        whole > std::numeric_limits<std::int32_t>::max() || percent.mantissa() > whole)
        return std::nullopt;
    // 2.5 % becomes 41/40 and 39/40: small factors leave room for years.
    const auto part = std::gcd(static_cast<std::int64_t>(whole), percent.mantissa());
    whole /= part;
    const Wide step = percent.mantissa() / part;
    new_value = new_value < 0 ? -new_value : new_value;
    old_value = old_value < 0 ? -old_value : old_value;
    const auto up = compare(new_value, old_value, whole + step, whole, change.years);
    const auto down = compare(new_value, old_value, whole - step, whole, change.years);
    if (!up || !down)
        return std::nullopt;
    return *up > 0 ? Movement::rise : *down < 0 ? Movement::fall : Movement::within;
}

std::optional<Decimal> fast_change(const Change& change, int decimals)
{
    Wide old_value = 0;
    Wide new_value = 0;
    const auto scale = align(*change.old_value, old_value, *change.new_value, new_value);
    Wide moved = 0;
    if (!scale || __builtin_sub_overflow(new_value, old_value, &moved) || !scale_up(moved, decimals))
        return std::nullopt;
    if (change.kind != IndicatorKind::share)
        return multiply(moved, 100) ? divided(moved, old_value < 0 ? -old_value : old_value, decimals) : std::nullopt;
    Wide divisor = change.years;
    return scale_up(divisor, *scale) ? divided(moved, divisor, decimals) : std::nullopt;
}

} // namespace skurd

#include "base/exact.hpp"

#include <array>
#include <cassert>
#include <limits>

namespace skurd {

namespace {

using boost::multiprecision::cpp_int;

/// Up to what a Decimal needs they are asked for all the time.
cpp_int power_of_ten(int exponent)
{
    static const auto known = [] {
        std::array<cpp_int, Decimal::scale_max + 1> powers;
        for (unsigned n = 0; n < powers.size(); ++n)
            powers[n] = boost::multiprecision::pow(cpp_int(10), n);
        return powers;
    }();
    const auto n = static_cast<unsigned>(exponent);
    return n < known.size() ? known[n] : boost::multiprecision::pow(cpp_int(10), n);
}

std::optional<Decimal> decimal(const cpp_int& mantissa, int scale)
{
    if (mantissa > std::numeric_limits<std::int64_t>::max() || mantissa < std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return Decimal(static_cast<std::int64_t>(mantissa), scale);
}

/// The greatest integer whose degree-th power is at most the number: Newton's iteration from above, which falls
/// until it is there.
cpp_int root_floor(const cpp_int& number, int degree)
{
    if (number < 2 || degree == 1)
        return number;
    const auto n = static_cast<unsigned>(degree);
    cpp_int root = cpp_int(1) << (msb(number) / n + 1);
    for (;;) {
        const cpp_int next = ((n - 1) * root + number / boost::multiprecision::pow(root, n - 1)) / n;
        if (next >= root)
            return root;
        root = next;
    }
}

} // namespace

Exact exact(const Decimal& number)
{
    return Exact(cpp_int(number.mantissa()), power_of_ten(number.scale()));
}

Whole whole(const Decimal& number, int scale)
{
    assert(scale >= number.scale());
    return number.mantissa() * power_of_ten(scale - number.scale());
}

Exact power(const Exact& base, int exponent)
{
    assert(exponent >= 0);
    const auto n = static_cast<unsigned>(exponent);
    return Exact(boost::multiprecision::pow(numerator(base), n), boost::multiprecision::pow(denominator(base), n));
}

std::optional<Decimal> rounded(const Exact& number, int decimals)
{
    return rounded(numerator(number), denominator(number), decimals);
}

std::optional<Decimal> rounded(const Whole& above, const Whole& below, int decimals)
{
    assert(below > 0 && decimals >= 0 && decimals <= Decimal::scale_max);
    const Whole magnitude = abs(above) * power_of_ten(decimals);
    const Whole nearest = (2 * magnitude + below) / (2 * below);
    return decimal(above < 0 ? Whole(-nearest) : nearest, decimals);
}

std::optional<Decimal> rounded_root(const Exact& number, int degree, int decimals, Tie tie)
{
    assert(number >= 0 && degree >= 1 && decimals >= 0 && decimals <= Decimal::scale_max);
    // The root in units of half the last digit: its last bit says on which side of the middle the root lies.
    const Exact scaled = number * power(Exact(2 * power_of_ten(decimals)), degree);
    const cpp_int halves = root_floor(numerator(scaled) / denominator(scaled), degree);
    const bool past_middle = bit_test(halves, 0);
    const bool in_middle = past_middle && power(Exact(halves), degree) == scaled;
    const cpp_int below = halves / 2;
    return decimal(past_middle && !(in_middle && tie == Tie::down) ? cpp_int(below + 1) : below, decimals);
}

} // namespace skurd

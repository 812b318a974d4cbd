#include "store/numbers.hpp"

#include "base/error.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace skurd {

namespace {

// DBL_DIG: a decimal of 15 digits survives the way to a double and back.
constexpr std::int64_t fifteen_digits_max = 999'999'999'999'999;
// Powers of ten up to 10^22 are exact in a double, so one division or multiplication rounds once.
constexpr int exact_scale_max = 22;
constexpr auto powers = [] {
    std::array<double, exact_scale_max + 1> power{};
    power[0] = 1;
    for (std::size_t i = 1; i < power.size(); ++i)
        power[i] = power[i - 1] * 10;
    return power;
}();

constexpr std::int64_t magnitude(std::int64_t mantissa)
{
    return mantissa < 0 ? -mantissa : mantissa;
}

StoredNumber with_text(const Decimal& number)
{
    StoredNumber stored{0, number.scale(), number.text()};
    std::from_chars(stored.text.data(), stored.text.data() + stored.text.size(), stored.value);
    return stored;
}

} // namespace

StoredNumber to_stored(const Decimal& number)
{
    const std::int64_t mantissa = number.mantissa();
    if (number.scale() > exact_scale_max || mantissa == INT64_MIN || magnitude(mantissa) > fifteen_digits_max)
        return with_text(number);
    return {static_cast<double>(mantissa) / powers[static_cast<std::size_t>(number.scale())], number.scale(), {}};
}

Decimal from_stored(double value, int decimals, std::string_view text)
{
    if (!text.empty()) {
        if (const auto number = Decimal::parse(text))
            return *number;
        throw error("the store holds '{}' where a number belongs: put back a backup", text);
    }
    const bool known_scale = decimals >= 0 && decimals <= exact_scale_max;
    const double mantissa = known_scale ? value * powers[static_cast<std::size_t>(decimals)] : NAN;
    if (!(std::abs(mantissa) < 1e15 + 1))
        throw error("the store holds {} with {} decimals: not written by skurd; put back a backup", value, decimals);
    return {std::llround(mantissa), decimals};
}

void bind_decimal(Parameters& parameters, int first, const std::optional<Decimal>& number)
{
    if (!number) {
        parameters.bind_null(first);
        parameters.bind_integer(first + 1, 0);
        parameters.bind_null(first + 2);
        return;
    }
    const auto stored = to_stored(*number);
    parameters.bind_real(first, stored.value);
    parameters.bind_integer(first + 1, stored.decimals);
    if (stored.text.empty())
        parameters.bind_null(first + 2);
    else
        parameters.bind_text(first + 2, stored.text);
}

std::optional<Decimal> decimal_at(const Statement& row, int first)
{
    if (row.is_null(first))
        return std::nullopt;
    return from_stored(row.real(first), static_cast<int>(row.integer(first + 1)), row.view(first + 2));
}

std::optional<std::string> exact_text(const std::optional<Decimal>& number)
{
    return number ? std::optional(number->text()) : std::nullopt;
}

std::optional<Decimal> exact_number(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : Decimal::parse(row.view(column));
}

} // namespace skurd

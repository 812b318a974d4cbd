#include "version/anomaly.hpp"

#include <fmt/format.h>

#include <limits>

namespace skurd {

namespace {

constexpr std::size_t numbers_min = 3;
constexpr int times = 9; ///< that many times larger is a slip of a decimal place

/// Whether |a| is at least `times` times |b|; false where the product would not fit.
bool is_larger(const Decimal& a, const Decimal& b)
{
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto magnitude = [](const Decimal& number) {
        return Decimal(number.mantissa() < 0 ? -(number.mantissa() + 1) : number.mantissa(), number.scale());
    };
    const auto small = magnitude(b);
    return small.mantissa() <= most / times && magnitude(a) >= Decimal(small.mantissa() * times, small.scale());
}

bool is_nearly_all(std::size_t part, std::size_t whole)
{
    return whole >= numbers_min && part * 10 >= whole * 9;
}

} // namespace

void AnomalyCheck::Group::count(const Decimal& before, const std::optional<Decimal>& now)
{
    count_same(before);
    missing += now ? 0 : 1;
    if (!now || before.is_zero())
        return;
    zeroed += now->is_zero() ? 1 : 0;
    larger += is_larger(*now, before) ? 1 : 0;
    smaller += !now->is_zero() && is_larger(before, *now) ? 1 : 0;
}

void AnomalyCheck::Group::count_same(const Decimal& number)
{
    ++numbers;
    nonzero += number.is_zero() ? 0 : 1;
}

std::optional<std::string> AnomalyCheck::Group::why(const char* what) const
{
    if (is_nearly_all(zeroed, nonzero))
        return fmt::format("{} of {} {} became zero", zeroed, nonzero, what);
    if (is_nearly_all(missing, numbers))
        return fmt::format("{} of {} {} are missing now", missing, numbers, what);
    if (is_nearly_all(larger, nonzero))
        return fmt::format("{} of {} {} are about ten times larger, or more", larger, nonzero, what);
    if (is_nearly_all(smaller, nonzero))
        return fmt::format("{} of {} {} are about ten times smaller, or more", smaller, nonzero, what);
    return std::nullopt;
}

void AnomalyCheck::begin_series()
{
    known_.reset();
    waiting_.clear();
}

void AnomalyCheck::known(const Decimal& number)
{
    known_ = number;
    for (const auto& added : waiting_)
        added_.count(number, added);
    waiting_.clear();
}

void AnomalyCheck::added(const std::optional<Decimal>& now)
{
    if (now && known_)
        added_.count(*known_, now);
    else if (now)
        waiting_.push_back(*now);
}

std::optional<std::string> AnomalyCheck::why(std::optional<std::size_t> cells_before, std::size_t cells_now) const
{
    if (cells_before && *cells_before >= 2 * numbers_min && cells_now * 2 < *cells_before)
        return fmt::format("it has {} cells, and the one before it had {}", cells_now, *cells_before);
    if (auto found = restated_.why("numbers that were known"))
        return found;
    return added_.why("new numbers, compared with known ones of their series,");
}

} // namespace skurd

#include "version/stable_id.hpp"

#include "lib/openssl/sha256.hpp"

#include <fmt/format.h>

#include <charconv>

namespace skurd {

namespace {

constexpr std::int64_t kind_step = 1'000'000; ///< more than the weeks of ten thousand years
constexpr std::int64_t spans = 1'000'000'000;

/// 62 bits of the text's SHA-256 and the bit above them.
std::int64_t hash_id(std::string_view text)
{
    const auto digits = Sha256::of(text).substr(0, 16);
    std::uint64_t bits = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
    return static_cast<std::int64_t>((bits >> 2) | std::uint64_t(1) << 62);
}

/// The number after "2016Q".
std::int64_t part_of_year(const Period& period)
{
    const auto text = period.text();
    std::int64_t part = 0;
    std::from_chars(text.data() + 5, text.data() + text.size(), part);
    return part;
}

/// The place of a part of a year among those of its kind; a year has at most `in_year`.
std::int64_t part_id(std::int64_t kind, const Period& period, std::int64_t in_year)
{
    return kind * kind_step + period.first_year() * in_year + part_of_year(period) - 1;
}

} // namespace

std::int64_t period_id(const Period& period)
{
    switch (period.kind()) {
    case PeriodKind::year:
        return period.first_year();
    case PeriodKind::half_year:
        return part_id(2, period, 2);
    case PeriodKind::tertial:
        return part_id(3, period, 3);
    case PeriodKind::quarter:
        return part_id(4, period, 4);
    case PeriodKind::month:
        return part_id(5, period, 12);
    case PeriodKind::week:
        return part_id(6, period, 53);
    case PeriodKind::school_year:
        return 7 * kind_step + period.first_year();
    case PeriodKind::span: {
        const int last = static_cast<int>(std::chrono::year_month_day(period.last_day()).year());
        return spans + std::int64_t(period.first_year()) * 10'000 + last;
    }
    case PeriodKind::other:
        break;
    }
    return hash_id("period\n" + period.text());
}

std::optional<std::int64_t> period_sequence(std::int64_t period_id)
{
    if (period_id >= std::int64_t(1) << 62)
        return std::nullopt;
    if (period_id >= spans)
        return spans + period_id % 10'000 - (period_id - spans) / 10'000;
    return period_id / kind_step;
}

std::int64_t stored_period_id(std::string_view text)
{
    return period_id(Period::from_text(text));
}

std::int64_t status_id(const Symbol& symbol)
{
    if (symbol == Symbol{})
        return 0;
    return hash_id(fmt::format("status\n{}\n{}", to_string(symbol.meaning), symbol.text));
}

std::int64_t withdrawn_status_id()
{
    static const auto id = status_id({"", Meaning::withdrawn});
    return id;
}

} // namespace skurd

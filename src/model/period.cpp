#include "model/period.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

using namespace std::chrono;

namespace {

struct PartOfYear {
    char letter; ///< as written canonically
    char source_letter;
    PeriodKind kind;
    int count; ///< how many a year has; of weeks see weeks_in()
};

// SSB writes quarters with K and weeks with U in both languages (PxWebApi documentation, "Time codes").
constexpr PartOfYear parts[] = {
    {'H', 'H', PeriodKind::half_year, 2}, {'T', 'T', PeriodKind::tertial, 3}, {'Q', 'K', PeriodKind::quarter, 4},
    {'M', 'M', PeriodKind::month, 12},    {'W', 'U', PeriodKind::week, 53},
};

int number(std::string_view digits)
{
    int value = 0;
    for (const char digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

bool is_year(std::string_view text)
{
    return text.size() == 4 && all_digits(text) && number(text) >= 1000;
}

sys_days first_of_month(int year_number, int month_number)
{
    return sys_days(year(year_number) / month(static_cast<unsigned>(month_number)) / 1);
}

/// The Monday of ISO week 1 is that of the week with 4 January in it.
sys_days first_monday(int year_number)
{
    const sys_days fourth = sys_days(year(year_number) / January / 4);
    return fourth - (weekday(fourth) - Monday);
}

int weeks_in(int year_number)
{
    return static_cast<int>((first_monday(year_number + 1) - first_monday(year_number)).count() / 7);
}

int months_in(PeriodKind kind)
{
    return kind == PeriodKind::half_year ? 6 : kind == PeriodKind::tertial ? 4 : kind == PeriodKind::quarter ? 3 : 1;
}

} // namespace

Period Period::year(int year)
{
    return Period(PeriodKind::year, year, year, 0);
}

std::optional<Period> Period::of(PeriodKind kind, int year, int part)
{
    if (year < 1000 || year > 9999)
        return std::nullopt;
    if (kind == PeriodKind::school_year)
        return Period(kind, year, year + 1, 0);
    for (const auto& known : parts)
        if (known.kind == kind && part >= 1 && part <= (kind == PeriodKind::week ? weeks_in(year) : known.count))
            return Period(kind, year, year, part);
    return std::nullopt;
}

Period Period::from_text(std::string_view text)
{
    auto period = parse(text).value_or(Period());
    if (period.text() == text)
        return period;
    period = Period();
    period.other_ = text;
    return period;
}

std::optional<Period> Period::parse(std::string_view text)
{
    text = trim(text);
    if (text.empty())
        return std::nullopt;
    if (is_year(text))
        return year(number(text));
    if (auto part = parse_part_of_year(text))
        return part;
    if (auto years = parse_years(text))
        return years;
    Period other;
    other.other_ = text;
    return other;
}

std::optional<Period> Period::parse_part_of_year(std::string_view text)
{
    if (text.size() < 6 || text.size() > 7 || !is_year(text.substr(0, 4)) || !all_digits(text.substr(5)))
        return std::nullopt;
    for (const auto& known : parts)
        if (text[4] == known.letter || text[4] == known.source_letter)
            return of(known.kind, number(text.substr(0, 4)), number(text.substr(5)));
    return std::nullopt;
}

std::optional<Period> Period::parse_years(std::string_view text)
{
    if (text.size() < 7 || !is_year(text.substr(0, 4)) || !all_digits(text.substr(5)))
        return std::nullopt;
    const int from = number(text.substr(0, 4));
    const char between = text[4];
    if (text.size() == 7 && (between == '-' || between == '/') && number(text.substr(5)) == (from + 1) % 100)
        return Period(PeriodKind::school_year, from, from + 1, 0);
    if (!is_year(text.substr(5)))
        return std::nullopt;
    const int to = number(text.substr(5));
    if (between == '/' && to == from + 1)
        return Period(PeriodKind::school_year, from, to, 0);
    if ((between != '-' && between != '_') || to < from)
        return std::nullopt;
    return to == from ? year(from) : Period(PeriodKind::span, from, to, 0);
}

std::string Period::text() const
{
    switch (kind_) {
    case PeriodKind::year:
        return fmt::format("{}", from_);
    case PeriodKind::school_year:
        return fmt::format("{}/{}", from_, to_);
    case PeriodKind::span:
        return fmt::format("{}-{}", from_, to_);
    case PeriodKind::other:
        return other_;
    default:
        break;
    }
    for (const auto& known : parts)
        if (known.kind == kind_)
            return kind_ == PeriodKind::month || kind_ == PeriodKind::week
                       ? fmt::format("{}{}{:02}", from_, known.letter, part_)
                       : fmt::format("{}{}{}", from_, known.letter, part_);
    return other_;
}

std::optional<Period> Period::shifted(int steps) const
{
    switch (kind_) {
    case PeriodKind::other:
    case PeriodKind::span:
        return std::nullopt;
    case PeriodKind::year:
    case PeriodKind::school_year:
        return Period(kind_, from_ + steps, to_ + steps, 0);
    case PeriodKind::week: {
        // The Thursday of a week says which year it is of (ISO 8601).
        const sys_days thursday = first_day() + weeks(steps) + days(3);
        const int year = static_cast<int>(year_month_day(thursday).year());
        const auto part = static_cast<int>((thursday - first_monday(year)).count() / 7) + 1;
        return Period(kind_, year, year, part);
    }
    default: {
        const int in_year = 12 / months_in(kind_);
        const int count = from_ * in_year + part_ - 1 + steps;
        return Period(kind_, count / in_year, count / in_year, count % in_year + 1);
    }
    }
}

sys_days Period::first_day() const
{
    switch (kind_) {
    case PeriodKind::other:
        return sys_days::max();
    case PeriodKind::week:
        return first_monday(from_) + weeks(part_ - 1);
    case PeriodKind::school_year:
        return first_of_month(from_, 8);
    case PeriodKind::year:
    case PeriodKind::span:
        return first_of_month(from_, 1);
    default:
        return first_of_month(from_, (part_ - 1) * months_in(kind_) + 1);
    }
}

sys_days Period::last_day() const
{
    switch (kind_) {
    case PeriodKind::other:
        return sys_days::max();
    case PeriodKind::week:
        return first_day() + days(6);
    case PeriodKind::school_year:
        return first_of_month(to_, 8) - days(1);
    case PeriodKind::year:
    case PeriodKind::span:
        return first_of_month(to_ + 1, 1) - days(1);
    default: {
        const year_month_day first(first_day());
        return sys_days(first.year() / first.month() / 1 + months(months_in(kind_))) - days(1);
    }
    }
}

std::strong_ordering operator<=>(const Period& a, const Period& b)
{
    if (const auto order = a.first_day().time_since_epoch().count() <=> b.first_day().time_since_epoch().count();
        order != 0)
        return order;
    if (const auto order = a.last_day().time_since_epoch().count() <=> b.last_day().time_since_epoch().count();
        order != 0)
        return order;
    if (const auto order = a.kind_ <=> b.kind_; order != 0)
        return order;
    return a.other_.compare(b.other_) <=> 0;
}

} // namespace skurd

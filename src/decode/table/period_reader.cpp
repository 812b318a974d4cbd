#include "decode/table/period_reader.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/table_value.hpp"

namespace skurd {

namespace {

using namespace std::chrono;

int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

std::optional<year_month_day> checked(std::string_view y, std::string_view m, std::string_view d)
{
    if (y.size() != 4 || m.empty() || m.size() > 2 || d.empty() || d.size() > 2 || !all_digits(y) || !all_digits(m) ||
        !all_digits(d))
        return std::nullopt;
    const year_month_day date(year(number(y)), month(static_cast<unsigned>(number(m))),
                              day(static_cast<unsigned>(number(d))));
    return date.ok() ? std::optional(date) : std::nullopt;
}

bool is_iso(std::string_view text)
{
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' && (text.size() == 10 || text[10] == 'T');
}

/// The week that holds most of a year's first days is its first (ISO 8601): the year of the week's Thursday counts.
std::string week_of(year_month_day date)
{
    const sys_days day = date;
    const auto thursday = day + days(4 - static_cast<int>(weekday(day).iso_encoding()));
    const auto year = year_month_day(thursday).year();
    return fmt::format("{:04}W{:02}", int(year), (thursday - sys_days(year / January / 1)).count() / 7 + 1);
}

/// "2018.0" is 2018: a year or month that went through a column of floating-point numbers.
std::string_view without_zero_decimals(std::string_view text)
{
    const auto sign = text.find_first_of(".,");
    const bool is_whole = sign == 4 || sign == 6;
    if (!is_whole || !all_digits(text.substr(0, sign)) || sign + 1 == text.size() ||
        text.find_first_not_of('0', sign + 1) != std::string_view::npos)
        return text;
    return text.substr(0, sign);
}

} // namespace

std::optional<year_month_day> read_date(std::string_view text)
{
    if (is_iso(text))
        return checked(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
    const auto parts = split(text, '.');
    return parts.size() == 3 ? checked(parts[2], parts[1], parts[0]) : std::nullopt;
}

std::string period_of(year_month_day date, DatePeriod kind)
{
    const int year = int(date.year());
    const auto month = unsigned(date.month());
    const auto part = [&](char letter, unsigned months) {
        return fmt::format("{:04}{}{}", year, letter, (month - 1) / months + 1);
    };
    switch (kind) {
    case DatePeriod::year:
        return fmt::format("{:04}", year);
    case DatePeriod::half_year:
        return part('H', 6);
    case DatePeriod::tertial:
        return part('T', 4);
    case DatePeriod::quarter:
        return part('Q', 3);
    case DatePeriod::month:
        return fmt::format("{:04}M{:02}", year, month);
    case DatePeriod::week:
        return week_of(date);
    case DatePeriod::day:
    case DatePeriod::refuse:
        break;
    }
    return fmt::format("{:04}-{:02}-{:02}", year, month, unsigned(date.day()));
}

PeriodReader::PeriodReader(const TableLayout& layout, bool is_sheet) : layout_(layout), is_sheet_(is_sheet)
{
    if (!layout.period_pattern.empty())
        pattern_.emplace(layout.period_pattern);
}

std::string PeriodReader::read_cell(std::string_view text) const
{
    if (!pattern_)
        return read(text);
    const auto found = pattern_->find(text);
    if (!found || found->empty())
        throw error("'{}' does not match the pattern of periods '{}'", excerpt(text), pattern_->text());
    return read(*found);
}

std::string PeriodReader::read(std::string_view text) const
{
    text = without_zero_decimals(text);
    if (const auto code = layout_.period_codes.find(text); code != layout_.period_codes.end())
        return code->second;
    if (layout_.dates == DatePeriod::refuse) {
        if (is_sheet_ && is_iso(text) && read_date(text))
            throw error("'{}' is a date: say with 'dates' what period it stands for", excerpt(text));
        return std::string(text);
    }
    if (const auto date = read_date(text))
        return period_of(*date, layout_.dates);
    const bool is_month = text.size() == 6 && all_digits(text); // "202403", as registers write it
    if (is_month && layout_.dates != DatePeriod::week && layout_.dates != DatePeriod::day)
        if (const auto first = checked(text.substr(0, 4), text.substr(4), "1"))
            return period_of(*first, layout_.dates);
    return std::string(text);
}

} // namespace skurd

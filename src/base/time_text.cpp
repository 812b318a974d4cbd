#include "base/time_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

using namespace std::chrono;

std::string format_time(Time time)
{
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string format_date(Time time)
{
    return format_time(time).substr(0, 10);
}

namespace {

/// Takes a number of exactly `width` digits off the front; nothing when it is not there.
std::optional<int> take_digits(std::string_view& text, std::size_t width)
{
    if (text.size() < width || !all_digits(text.substr(0, width)))
        return std::nullopt;
    int number = 0;
    for (const char digit : text.substr(0, width))
        number = number * 10 + (digit - '0');
    text.remove_prefix(width);
    return number;
}

bool take_char(std::string_view& text, std::string_view allowed)
{
    if (text.empty() || allowed.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<sys_days> take_date(std::string_view& text)
{
    const auto y = take_digits(text, 4);
    if (!y || !take_char(text, "-"))
        return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || !take_char(text, "-"))
        return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d)
        return std::nullopt;
    const auto date = year(*y) / month(unsigned(*m)) / day(unsigned(*d));
    return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::optional<seconds> take_time_of_day(std::string_view& text)
{
    const auto h = take_digits(text, 2);
    if (!h || *h > 23 || !take_char(text, ":"))
        return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || *m > 59)
        return std::nullopt;
    int s = 0;
    if (take_char(text, ":")) {
        const auto read = take_digits(text, 2);
        if (!read || *read > 60)
            return std::nullopt;
        s = *read;
        if (take_char(text, ".,")) {
            const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
            if (digits.empty() || digits.size() > 9)
                return std::nullopt;
            text.remove_prefix(digits.size());
        }
    }
    return hours(*h) + minutes(*m) + seconds(s);
}

std::optional<seconds> take_offset(std::string_view& text)
{
    if (text.empty() || take_char(text, "Zz"))
        return seconds(0);
    const int sign = text.front() == '-' ? -1 : 1;
    if (!take_char(text, "+-"))
        return std::nullopt;
    const auto h = take_digits(text, 2);
    take_char(text, ":");
    const auto m = take_digits(text, 2);
    if (!h || !m || *h > 14 || *m > 59)
        return std::nullopt;
    return sign * (hours(*h) + minutes(*m));
}

/// Texts compare as instants do only while years have four digits and no sign.
bool has_four_digit_year(Time time)
{
    const int year = int(year_month_day(floor<days>(time)).year());
    return 1000 <= year && year <= 9999;
}

/// As parse_time, in whatever year.
std::optional<Time> take_instant(std::string_view text, DayEdge edge)
{
    const auto date = take_date(text);
    if (!date)
        return std::nullopt;
    if (text.empty())
        return edge == DayEdge::start ? Time(*date) : Time(*date) + days(1) - seconds(1);
    if (!take_char(text, "Tt "))
        return std::nullopt;
    const auto clock = take_time_of_day(text);
    if (!clock)
        return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty())
        return std::nullopt;
    return Time(*date) + *clock - *offset;
}

} // namespace

std::optional<Time> parse_time(std::string_view text, DayEdge edge)
{
    const auto time = take_instant(text, edge);
    return time && has_four_digit_year(*time) ? time : std::nullopt;
}

} // namespace skurd

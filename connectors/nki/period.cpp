#include "connectors/nki/period.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <array>
#include <chrono>

namespace skurd {

namespace {

using namespace std::chrono;

/// How many months, by the beginning of the word in lower case; letters outside ASCII keep their case.
struct Length {
    std::string_view word;
    int months;
};
constexpr std::array<Length, 7> lengths = {
    {{"år", 12}, {"År", 12}, {"halv", 6}, {"tertial", 4}, {"kvartal", 3}, {"måned", 1}, {"mnd", 1}}};

int months_of(std::string_view kind)
{
    const auto lowered = to_lower(trim(kind));
    for (const auto& length : lengths)
        if (lowered.starts_with(length.word))
            return length.months;
    return 0;
}

sys_days day_of(std::string_view text)
{
    const auto time = parse_time(trim(text));
    if (!time)
        throw error("'{}' is not a date", excerpt(text));
    return floor<days>(*time);
}

/// Whole months from the first of one to the end of another; 0 where they are not.
int whole_months(year_month_day from, sys_days end)
{
    const year_month_day after(end);
    if (from.day() != day(1) || after.day() != day(1))
        return 0;
    return static_cast<int>((after.year() / after.month() - from.year() / from.month()).count());
}

std::string text_of(year_month_day from, int months)
{
    const auto year = static_cast<int>(from.year());
    const auto month = static_cast<int>(static_cast<unsigned>(from.month()));
    if (months > 12 && months % 12 == 0 && month == 1)
        return fmt::format("{}-{}", year, year + months / 12 - 1);
    if (months < 1 || months > 12 || 12 % months != 0 || (month - 1) % months != 0)
        return "";
    const auto part = (month - 1) / months + 1;
    switch (months) {
    case 12:
        return std::to_string(year);
    case 6:
        return fmt::format("{}H{}", year, part);
    case 4:
        return fmt::format("{}T{}", year, part);
    case 3:
        return fmt::format("{}Q{}", year, part);
    case 1:
        return fmt::format("{}M{:02}", year, part);
    default:
        return "";
    }
}

} // namespace

std::string nki_period_text(std::string_view from_text, std::string_view to_text, std::string_view kind)
{
    const auto first = day_of(from_text);
    const auto last = trim(to_text).empty() ? first : day_of(to_text);
    const year_month_day from(first);
    if (last < first)
        throw error("a period from {} to {}", from_text, to_text);
    std::string text;
    if (last == first)
        text = text_of(from, months_of(kind));
    else if (const auto months = whole_months(from, last + days(1)); months > 0) // `to` is the last day
        text = text_of(from, months);
    else // the first day after it
        text = text_of(from, whole_months(from, last));
    if (text.empty())
        text = fmt::format("{}/{}", format_date(sys_seconds(first)), format_date(sys_seconds(last)));
    return text;
}

} // namespace skurd

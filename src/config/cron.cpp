#include "config/cron.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace skurd {

using namespace std::chrono;

namespace {

struct Field {
    std::string_view name;
    int least;
    int most;
    std::span<const std::string_view> words; ///< for least, least + 1, …
};

constexpr std::string_view month_words[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view weekday_words[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

constexpr std::array<Field, 5> fields = {{{"minute", 0, 59, {}},
                                          {"hour", 0, 23, {}},
                                          {"day of month", 1, 31, {}},
                                          {"month", 1, 12, month_words},
                                          {"day of week", 0, 7, weekday_words}}};

int read_number(std::string_view text, const Field& field)
{
    const auto word = std::find(field.words.begin(), field.words.end(), to_lower(text));
    if (word != field.words.end())
        return static_cast<int>(word - field.words.begin()) + field.least;
    int number = -1;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number < field.least || number > field.most)
        throw usage_error("cron field '{}': '{}' is not a number from {} to {}", field.name, text, field.least,
                          field.most);
    return number;
}

/// One element of a list: `*`, `5`, `1-5`, any of them with `/step`.
template <std::size_t size>
void read_element(std::string_view text, const Field& field, std::bitset<size>& bits)
{
    int step = 1;
    const auto slash = text.find('/');
    if (slash != std::string_view::npos) {
        step = read_number(text.substr(slash + 1), {field.name, 1, field.most, {}});
        text = text.substr(0, slash);
    }
    int from = field.least;
    int to = field.most;
    if (text != "*") {
        const auto dash = text.find('-');
        from = read_number(text.substr(0, dash), field);
        to = dash != std::string_view::npos    ? read_number(text.substr(dash + 1), field)
             : slash != std::string_view::npos ? field.most
                                               : from;
    }
    if (from > to)
        throw usage_error("cron field '{}': the range '{}' runs backwards", field.name, text);
    for (int value = from; value <= to; value += step)
        bits.set(static_cast<std::size_t>(value));
}

template <std::size_t size>
std::bitset<size> read_field(std::string_view text, const Field& field)
{
    std::bitset<size> bits;
    for (const auto element : split(text, ','))
        read_element(element, field, bits);
    return bits;
}

std::vector<std::string_view> fields_of(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (const auto word : split(text, ' '))
        if (!word.empty())
            parts.push_back(word);
    return parts;
}

} // namespace

Cron Cron::parse(std::string_view text)
{
    const auto parts = fields_of(text);
    if (parts.size() != fields.size())
        throw usage_error("cron expression '{}' has {} fields, not 5 (minute hour day month weekday, like "
                          "'20 8 * * 1-5')",
                          text, parts.size());
    Cron cron;
    cron.minutes_ = read_field<60>(parts[0], fields[0]);
    cron.hours_ = read_field<24>(parts[1], fields[1]);
    cron.days_ = read_field<32>(parts[2], fields[2]);
    cron.months_ = read_field<13>(parts[3], fields[3]);
    const auto weekdays = read_field<8>(parts[4], fields[4]);
    for (std::size_t day = 0; day < 8; ++day)
        if (weekdays.test(day))
            cron.weekdays_.set(day % 7);
    cron.any_day_ = parts[2].starts_with('*');
    cron.any_weekday_ = parts[4].starts_with('*');
    return cron;
}

bool Cron::matches_day(local_days day) const
{
    const year_month_day date(day);
    if (!months_.test(unsigned(date.month())))
        return false;
    const bool day_fits = days_.test(unsigned(date.day()));
    const bool weekday_fits = weekdays_.test(weekday(day).c_encoding());
    return any_day_ || any_weekday_ ? day_fits && weekday_fits : day_fits || weekday_fits;
}

std::optional<local_seconds> Cron::next_after(local_seconds time) const
{
    const auto first = floor<minutes>(time) + minutes(1);
    const local_days first_day = floor<days>(first);
    for (local_days day = first_day; day < first_day + years(5); day += days(1)) {
        if (!matches_day(day))
            continue;
        for (auto minute = day == first_day ? first - first_day : minutes(0); minute < days(1);
             minute += minutes(1)) {
            const auto hour = floor<hours>(minute);
            if (hours_.test(static_cast<std::size_t>(hour.count())) &&
                minutes_.test(static_cast<std::size_t>((minute - hour).count())))
                return day + minute;
        }
    }
    return std::nullopt;
}

std::optional<local_seconds> Cron::next_weekly_after(local_seconds time) const
{
    const auto before = [](local_days monday) { return local_seconds(monday) - minutes(1); };
    const auto next = next_after(time);
    if (!next)
        return std::nullopt;
    const auto day = floor<days>(*next);
    const local_days monday = day - (weekday(day) - Monday);
    return next_after(before(monday)) == next ? next : next_after(before(monday + weeks(1)));
}

Cron Cron::densely() const
{
    Cron dense = *this;
    dense.days_.set();
    dense.months_.set();
    dense.weekdays_.set();
    for (std::size_t later = 1; later <= dense_hours; ++later)
        dense.hours_ |= hours_ << later;
    return dense;
}

} // namespace skurd

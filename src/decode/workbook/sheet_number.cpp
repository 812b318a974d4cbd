#include "decode/workbook/sheet_number.hpp"

#include "base/text.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::size_t digits_max = 15; ///< that a double carries exactly, whatever they are

std::size_t significant_digits(std::string_view text)
{
    std::size_t count = 0;
    std::size_t zeros = 0; // they count once a digit follows
    for (const char c : text.substr(0, text.find_first_of("eE"))) {
        if (c < '0' || c > '9' || (c == '0' && count == 0))
            continue;
        zeros = c == '0' ? zeros + 1 : 0;
        ++count;
    }
    return count - zeros;
}

std::string shortest(double number)
{
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

std::optional<Decimal> parse(std::string_view text)
{
    const auto number = Decimal::parse(text);
    return number ? std::optional(number->normalised()) : std::nullopt;
}

constexpr std::int64_t seconds_a_day = 86'400;

/// One section of a number format; sections are separated by ";".
class FormatSection {
public:
    /// Reads the section that begins there; gives where it ends.
    std::size_t read(std::string_view code, std::size_t at)
    {
        for (; at < code.size() && code[at] != ';'; ++at) {
            const char c = code[at];
            if (c == '"') {
                at = std::min(code.find('"', at + 1), code.size() - 1);
                is_bare_ = false;
            } else if (c == '[') {
                const auto end = std::min(code.find(']', at + 1), code.size() - 1);
                elapsed_ |= is_elapsed(code.substr(at + 1, end - at - 1));
                at = end;
            } else if (c == '\\' || c == '_' || c == '*') {
                ++at;
                is_bare_ = false;
            } else if (to_lower(code.substr(at, 7)) == "general") {
                at += 6;
                has_digit_ = true;
                is_bare_ = false;
            } else {
                read_letter(c);
            }
        }
        return at;
    }

    bool has_place() const { return has_digit_ || has_day_ || has_month_ || has_year_ || has_time_ || elapsed_; }

    CellFormat format() const
    {
        CellFormat format;
        if (percent_)
            format.shows = NumberFormat::percent;
        else if (has_year_ || has_day_ || (has_month_ && !has_time_ && !elapsed_))
            format.shows = NumberFormat::date;
        else if (has_time_ || elapsed_)
            format.shows = NumberFormat::time;
        if (format.shows == NumberFormat::date)
            format.date = has_day_ || has_time_ ? DatePeriod::day : has_month_ ? DatePeriod::month : DatePeriod::year;
        if (format.shows == NumberFormat::plain && is_bare_ && zeros_ > 1 && zeros_ < 20)
            format.digits = static_cast<std::uint8_t>(zeros_);
        return format;
    }

private:
    /// "[h]", "[mm]": hours or minutes that do not end with the day.
    static bool is_elapsed(std::string_view bracket)
    {
        return !bracket.empty() && bracket.find_first_not_of("hHmMsS") == std::string_view::npos;
    }

    void read_letter(char c)
    {
        const auto is_one_of = [&](std::string_view letters) { return letters.find(c) != std::string_view::npos; };
        percent_ |= c == '%';
        has_day_ |= is_one_of("dD");
        has_month_ |= is_one_of("mM");
        has_year_ |= is_one_of("yY");
        has_time_ |= is_one_of("hHsS");
        has_digit_ |= is_one_of("0#?");
        zeros_ += c == '0' ? 1 : 0;
        is_bare_ &= c == '0';
    }

    bool percent_ = false;
    bool has_day_ = false;
    bool has_month_ = false; ///< or minutes
    bool has_year_ = false;
    bool has_time_ = false;
    bool elapsed_ = false;
    bool has_digit_ = false;
    bool is_bare_ = true; ///< nothing but zeros
    std::size_t zeros_ = 0;
};

std::string date_text(std::chrono::sys_days day)
{
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

/// Makes a date or time of the number in a cell; a time where there is no day.
void show_as_date(SheetCell& cell, const CellFormat& format, bool from_1904)
{
    using namespace std::chrono;
    constexpr std::int64_t last_day = 2'958'465; // 9999-12-31
    cell.kind = format.shows == NumberFormat::time ? SheetCell::Kind::time : SheetCell::Kind::date;
    cell.shown = format.date;
    double serial = 0;
    std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), serial);
    if (std::abs(serial) > double(last_day) + 1)
        return;
    const std::int64_t seconds = std::llround(serial * double(seconds_a_day));
    const auto day = seconds / seconds_a_day;
    if (cell.kind == SheetCell::Kind::time || (seconds >= 0 && day == 0 && !from_1904)) {
        cell.kind = SheetCell::Kind::time;
        cell.text = duration_text(seconds);
        return;
    }
    if (seconds < 0 || day > last_day)
        return;
    const auto start = from_1904  ? sys_days(year(1904) / 1 / 1)
                       : day < 60 ? sys_days(year(1899) / 12 / 31)
                                  : sys_days(year(1899) / 12 / 30);
    cell.text = date_text(start + std::chrono::days(day));
}

/// "2024-03-01".
std::optional<std::chrono::year_month_day> day_of(std::string_view text)
{
    using namespace std::chrono;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year_part = text.substr(0, 4);
    const auto month_part = text.substr(5, 2);
    const auto day_part = text.substr(8, 2);
    if (!all_digits(year_part) || !all_digits(month_part) || !all_digits(day_part))
        return std::nullopt;
    const auto number = [](std::string_view digits) { return std::stoi(std::string(digits)); };
    const year_month_day date(year(number(year_part)), month(static_cast<unsigned>(number(month_part))),
                              day(static_cast<unsigned>(number(day_part))));
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// Of "12:30", "23:59:59.9997", perhaps with a zone behind: rounded.
std::optional<std::int64_t> seconds_of_day(std::string_view text)
{
    double seconds = 0;
    for (const int unit : {3600, 60, 1}) {
        double part = 0;
        const auto [end, failure] =
            std::from_chars(text.data(), text.data() + text.size(), part, std::chars_format::fixed);
        if (failure != std::errc() || part < 0 || part > 60)
            return std::nullopt;
        seconds += part * unit;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.starts_with(':'))
            break;
        text.remove_prefix(1);
    }
    return std::llround(seconds);
}

} // namespace

std::optional<Decimal> sheet_number(std::string_view text)
{
    const auto number = parse(text);
    if (significant_digits(text) <= digits_max)
        return number;
    double rounded = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), rounded);
    if (failure != std::errc() || end != text.data() + text.size())
        return number;
    const auto without_noise = shortest(rounded);
    return significant_digits(without_noise) <= digits_max ? parse(without_noise) : number;
}

std::optional<Decimal> sheet_number(double number)
{
    return parse(shortest(number));
}

CellFormat cell_format(std::string_view code)
{
    FormatSection section;
    for (std::size_t at = 0; at <= code.size() && !section.has_place(); ++at) {
        section = {};
        at = section.read(code, at);
    }
    return section.format();
}

CellFormat builtin_cell_format(std::size_t id)
{
    if (id == 9 || id == 10)
        return {NumberFormat::percent};
    if (id == 17) // mmm-yy
        return {NumberFormat::date, DatePeriod::month};
    if ((id >= 14 && id <= 16) || id == 22)
        return {NumberFormat::date};
    return {(id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? NumberFormat::time : NumberFormat::plain};
}

std::string duration_text(std::int64_t seconds)
{
    const auto size = seconds < 0 ? -seconds : seconds;
    return fmt::format("{}{}:{:02}:{:02}", seconds < 0 ? "-" : "", size / 3600, size / 60 % 60, size % 60);
}

SheetCell number_cell(std::uint32_t column, std::string_view text, const CellFormat& format, bool from_1904)
{
    SheetCell cell;
    cell.column = column;
    const auto number = sheet_number(text);
    cell.text = number ? number->text() : std::string(text);
    if (!number) // it is refused as text wherever a number is to be
        return cell;
    cell.number = *number;
    cell.kind = format.shows == NumberFormat::percent ? SheetCell::Kind::percent : SheetCell::Kind::number;
    if (format.shows == NumberFormat::date || format.shows == NumberFormat::time)
        show_as_date(cell, format, from_1904);
    else if (format.digits > cell.text.size() && all_digits(cell.text))
        cell.text.insert(0, format.digits - cell.text.size(), '0');
    return cell;
}

SheetCell iso_date_cell(std::uint32_t column, std::string_view text)
{
    SheetCell cell;
    cell.column = column;
    cell.text = text;
    const auto time_at = std::min(text.find('T'), text.size());
    const auto seconds = time_at < text.size() ? seconds_of_day(text.substr(time_at + 1)) : std::optional(0L);
    if (time_at == 0 && seconds) {
        cell.kind = SheetCell::Kind::time;
        cell.text = duration_text(*seconds);
        return cell;
    }
    const auto date = day_of(text.substr(0, time_at));
    if (!date)
        return cell;
    cell.kind = SheetCell::Kind::date;
    if (seconds && *seconds == seconds_a_day) // a moment before midnight
        cell.text = date_text(std::chrono::sys_days(*date) + std::chrono::days(1));
    return cell;
}

} // namespace skurd

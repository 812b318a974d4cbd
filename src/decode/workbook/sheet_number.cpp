#include "decode/workbook/sheet_number.hpp"

#include "base/text.hpp"

#include <array>
#include <charconv>
#include <chrono>
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

NumberFormat number_format(std::string_view code)
{
    bool percent = false;
    bool date = false;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"')
            i = std::min(code.find('"', i + 1), code.size());
        else if (c == '[')
            i = std::min(code.find(']', i + 1), code.size());
        else if (c == '\\' || c == '_' || c == '*')
            ++i;
        else if (to_lower(code.substr(i, 7)) == "general")
            i += 6;
        else if (c == '%')
            percent = true;
        else if (std::string_view("yYdDmMhH").find(c) != std::string_view::npos)
            date = true;
    }
    return percent ? NumberFormat::percent : date ? NumberFormat::date : NumberFormat::plain;
}

NumberFormat builtin_number_format(int id)
{
    if (id == 9 || id == 10)
        return NumberFormat::percent;
    return (id >= 14 && id <= 22) || (id >= 45 && id <= 47) ? NumberFormat::date : NumberFormat::plain;
}

SheetCell number_cell(std::uint32_t column, std::string_view text, NumberFormat format, bool from_1904)
{
    SheetCell cell;
    cell.column = column;
    const auto number = sheet_number(text);
    cell.text = number ? number->text() : std::string(text);
    if (!number) // it is refused as text wherever a number is to be
        return cell;
    cell.number = *number;
    cell.kind = format == NumberFormat::percent ? SheetCell::Kind::percent : SheetCell::Kind::number;
    constexpr std::int64_t last_day = 2'958'465; // 9999-12-31
    auto days = number->mantissa();
    for (int i = 0; i < number->scale(); ++i)
        days /= 10; // the time of day
    if (format != NumberFormat::date || number->is_negative() || days == 0 || days > last_day)
        return cell;
    using namespace std::chrono;
    const auto start = from_1904   ? sys_days(year(1904) / 1 / 1)
                       : days < 60 ? sys_days(year(1899) / 12 / 31)
                                   : sys_days(year(1899) / 12 / 30);
    const year_month_day date(start + std::chrono::days(days));
    cell.kind = SheetCell::Kind::date;
    cell.text = fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    return cell;
}

} // namespace skurd

#include "base/csv_writer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::size_t exact_digits_max = 15;  ///< of a number in a spreadsheet
constexpr std::size_t literal_size_max = 255; ///< of a text within a spreadsheet's formula

bool is_one_of(char c, std::string_view these)
{
    return these.find(c) != std::string_view::npos;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// "2019-11-01": a spreadsheet shows the same day.
bool is_day(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return false;
    return std::count_if(text.begin(), text.end(), is_digit) == 8;
}

bool is_plain_number(std::string_view text)
{
    return all_digits(text) && text.size() <= exact_digits_max && (text.size() == 1 || text.front() != '0');
}

/// What stands before a formula without keeping it from being one: spaces, quotes, the byte order mark.
std::string_view without_lead(std::string_view text)
{
    constexpr auto leads = std::to_array<std::string_view>(
        {" ", "\t", "\r", "\n", "\v", "\f", "\"", "'", "\u00a0", "\u200b", "\u3000", "\ufeff"});
    for (;;) {
        const auto* lead =
            std::find_if(leads.begin(), leads.end(), [&](std::string_view one) { return text.starts_with(one); });
        if (lead == leads.end())
            return text;
        text.remove_prefix(lead->size());
    }
}

/// Whether a spreadsheet would run it: a sign of a formula, wide ones too, with something behind it that is not just
/// a number.
bool is_formula(std::string_view text)
{
    constexpr auto signs = std::to_array<std::string_view>({"=", "+", "-", "@", "＝", "＋", "－", "＠"});
    const auto written = without_lead(text);
    const auto* sign =
        std::find_if(signs.begin(), signs.end(), [&](std::string_view one) { return written.starts_with(one); });
    if (sign == signs.end())
        return false;
    const auto rest = written.substr(sign->size());
    const auto lead = text.substr(0, text.size() - written.size());
    const bool is_number =
        *sign == "-" && lead.find_first_not_of(' ') == std::string_view::npos &&
        std::all_of(rest.begin(), rest.end(), [](char c) { return is_digit(c) || is_one_of(c, ".,"); });
    return !is_number && (!rest.empty() || *sign == "=");
}

/// Without what a terminal obeys or what turns the direction of writing: C0 but tabs and line ends, which quotes
/// hold, DEL, C1, and Unicode's property Bidi_Control. Each becomes a space.
std::string without_commands(std::string_view text)
{
    std::string shown;
    shown.reserve(text.size());
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    for (std::size_t i = 0; i < text.size();) {
        const auto first = at(i);
        const auto third = at(i + 2);
        const bool is_ascii = (first < ' ' && !is_one_of(text[i], "\t\r\n")) || first == 0x7f;
        const bool is_two =
            (first == 0xc2 && at(i + 1) >= 0x80 && at(i + 1) < 0xa0) || (first == 0xd8 && at(i + 1) == 0x9c);
        const bool is_three =
            first == 0xe2 &&
            ((at(i + 1) == 0x80 && (third == 0x8e || third == 0x8f || (third >= 0xa8 && third <= 0xae))) ||
             (at(i + 1) == 0x81 && third >= 0xa6 && third <= 0xa9));
        if (is_ascii || is_two || is_three)
            shown += ' ';
        else
            shown += text[i];
        i += is_three ? 3 : is_two ? 2 : 1;
    }
    return shown;
}

/// With an apostrophe before what would be run: at the beginning, and behind what a spreadsheet may take for the end
/// of a cell.
std::string guarded(std::string_view text)
{
    if (text.find_first_of("=+-@\xef\t\r\n") == std::string_view::npos)
        return std::string(text);
    std::string safe(is_one_of(text.empty() ? ' ' : text.front(), "\t\r\n") ? "'" : "");
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(";,\t\r\n"), text.size());
        if (is_formula(text.substr(0, end)))
            safe += '\'';
        safe += text.substr(0, end + 1);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return safe;
}

/// Whether a spreadsheet would read something else than what stands there: "=1+1", "0301", "2018-03", "1E5", "1.2".
bool is_misread(std::string_view text)
{
    if (text.empty() || is_plain_number(text) || is_day(text))
        return false;
    if (is_one_of(text.front(), "=+-@\t\r"))
        return text.size() > 1 || text.front() == '=';
    if (is_formula(text))
        return true;
    return std::any_of(text.begin(), text.end(), is_digit) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_one_of(c, ".,-/: eE%"); });
}

std::string quoted(std::string_view text)
{
    return '"' + replace_all(std::string(text), "\"", "\"\"") + '"';
}

} // namespace

CsvWriter::CsvWriter(CsvDialect dialect)
    : dialect_(dialect), out_(dialect == CsvDialect::excel_nb ? "\xef\xbb\xbf" : "")
{
}

std::string CsvWriter::made(std::string_view text) const
{
    const bool is_excel = dialect_ == CsvDialect::excel_nb;
    const auto shown = dialect_ == CsvDialect::raw ? std::string(text) : without_commands(text);
    if (is_excel && shown.size() <= literal_size_max && is_misread(shown))
        return quoted('=' + quoted(shown));
    const auto safe = dialect_ == CsvDialect::raw ? shown : guarded(shown);
    return safe.find_first_of(is_excel ? ";\"\r\n" : ",\"\r\n") == std::string::npos ? safe : quoted(safe);
}

void CsvWriter::add_made(std::string_view field)
{
    if (!at_row_start_)
        out_ += dialect_ == CsvDialect::excel_nb ? ';' : ',';
    out_ += field;
    at_row_start_ = false;
}

void CsvWriter::add(std::string_view text)
{
    add_made(made(text));
}

void CsvWriter::add_number(const std::optional<Decimal>& number)
{
    auto digits = number ? number->text() : "";
    if (dialect_ == CsvDialect::excel_nb)
        std::replace(digits.begin(), digits.end(), '.', ',');
    add_made(digits);
}

void CsvWriter::end_row()
{
    out_ += dialect_ == CsvDialect::excel_nb ? "\r\n" : "\n";
    at_row_start_ = true;
}

} // namespace skurd

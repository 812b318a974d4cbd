#include "base/csv_writer.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t exact_digits_max = 15; ///< of a number in a spreadsheet

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

/// Whether a spreadsheet would read something else than what stands there: "=1+1", "0301", "2018-03", "1E5", "1.2".
bool is_misread(std::string_view text)
{
    if (text.empty() || is_plain_number(text) || is_day(text))
        return false;
    if (is_one_of(text.front(), "=+-@\t\r"))
        return text.size() > 1 || text.front() == '=';
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
    if (dialect_ == CsvDialect::excel_nb && is_misread(text))
        return quoted('=' + quoted(text));
    const auto* special = dialect_ == CsvDialect::excel_nb ? ";\"\r\n" : ",\"\r\n";
    return text.find_first_of(special) == std::string_view::npos ? std::string(text) : quoted(text);
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

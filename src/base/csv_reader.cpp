#include "base/csv_reader.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// Takes off what protects a field in Excel.
void unprotect(std::string& field)
{
    if (field.size() > 2 && field.starts_with("=\"") && field.ends_with('"'))
        field = replace_all(field.substr(2, field.size() - 3), "\"\"", "\"");
    else if (field.size() > 1 && field.front() == '\'' &&
             std::string_view("0123456789=+-@").find(field[1]) != std::string::npos)
        field = field.substr(1, field.size() - (field.ends_with('\'') ? 2 : 1));
}

} // namespace

bool CsvRecord::is_blank() const
{
    return std::all_of(fields.begin(), fields.end(), [](const auto& field) { return trim(field).empty(); });
}

char CsvReader::take_separator_line()
{
    const auto first = peek_line();
    if (first.size() != 5 || to_lower(first.substr(0, 4)) != "sep=")
        return 0;
    skip_line();
    return first[4];
}

std::string_view CsvReader::peek_line() const
{
    return rest_.substr(0, rest_.find_first_of("\r\n"));
}

void CsvReader::skip_line()
{
    rest_.remove_prefix(peek_line().size());
    take_line_end();
}

bool CsvReader::take_line_end()
{
    if (!rest_.starts_with('\n') && !rest_.starts_with('\r'))
        return false;
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    ++line_;
    return true;
}

bool CsvReader::read(CsvRecord& record)
{
    throw_if_stopped();
    record.fields.clear();
    record.line = line_;
    if (rest_.empty())
        return false;
    if (++rows_ > rows_max)
        throw error("line {}: more than {} rows", line_, rows_max);
    for (;;) {
        const auto column = record.fields.size() + 1;
        if (column > fields_max)
            throw error("line {}: more than {} columns", record.line, fields_max);
        read_field(record.fields.emplace_back(), column);
        unprotect(record.fields.back());
        if (rest_.empty() || take_line_end())
            return true;
        rest_.remove_prefix(1);
    }
}

void CsvReader::read_field(std::string& field, std::size_t column)
{
    if (rest_.starts_with('"'))
        return read_quoted(field, column);
    const char ends[] = {separator_, '\r', '\n'};
    field = rest_.substr(0, rest_.find_first_of(std::string_view(ends, sizeof ends)));
    check_size(field, column);
    rest_.remove_prefix(field.size());
}

void CsvReader::read_quoted(std::string& field, std::size_t column)
{
    const auto line = line_;
    rest_.remove_prefix(1);
    for (;;) {
        const auto quote = rest_.find('"');
        if (quote == std::string_view::npos)
            throw error("line {}, column {}: a quoted field begins here and does not end", line, column);
        const auto part = rest_.substr(0, quote);
        field += part;
        check_size(field, column);
        for (std::size_t i = 0; i < part.size(); ++i)
            line_ += part[i] == '\n' || (part[i] == '\r' && part.substr(i + 1, 1) != "\n") ? 1 : 0;
        rest_.remove_prefix(quote + 1);
        if (!rest_.starts_with('"'))
            break;
        field += '"';
        rest_.remove_prefix(1);
    }
    if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n' && rest_.front() != '\r')
        throw error("line {}, column {}: something follows the closing quote of a field (a quote inside a field is "
                    "written twice)",
                    line_, column);
}

void CsvReader::check_size(const std::string& field, std::size_t column) const
{
    if (field.size() > field_size_max)
        throw error("line {}, column {}: a field of more than {} bytes", line_, column, field_size_max);
}

char guess_separator(std::string_view text)
{
    bool quoted = false;
    bool tab = false;
    for (const char c : text) {
        quoted ^= c == '"';
        if (c == ';' && !quoted)
            return ';';
        if ((c == '\n' || c == '\r') && !quoted)
            break;
        tab |= c == '\t' && !quoted;
    }
    return tab ? '\t' : ',';
}

} // namespace skurd

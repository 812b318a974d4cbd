#include "indicator/verdict_csv.hpp"

#include "base/csv_reader.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <istream>
#include <ostream>
#include <vector>

namespace skurd {

namespace {

constexpr std::size_t line_size_max = 64UL * 1024;

/// One line of CSV at a time, as fields without their quotes.
class LineReader {
public:
    explicit LineReader(std::istream& in) : in_(in) { buffer_.resize(line_size_max); }

    /// False at the end of the input.
    bool next()
    {
        in_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        const auto got = static_cast<std::size_t>(in_.gcount());
        ++number_;
        if (in_.fail() && !in_.eof() && got + 1 == buffer_.size())
            fail(fmt::format("longer than {} bytes", line_size_max));
        if (in_.bad() || (in_.fail() && got == 0))
            return false;
        ended_ = !in_.eof();
        line_ = std::string_view(buffer_).substr(0, ended_ ? got - 1 : got);
        has_return_ = line_.ends_with('\r');
        if (has_return_)
            line_.remove_suffix(1);
        if (number_ == 1 && line_.starts_with("\xef\xbb\xbf"))
            mark_ = 3;
        else
            mark_ = 0;
        return true;
    }

    const std::vector<std::string>& fields()
    {
        CsvReader(line_.substr(mark_), number_).read(record_);
        for (auto& field : record_.fields)
            field = trim(field);
        return record_.fields;
    }

    std::string_view line() const { return line_; }
    std::string_view end() const { return !ended_ ? "" : has_return_ ? "\r\n" : "\n"; }

    [[noreturn]] void fail(std::string_view message) const { throw error("line {}: {}", number_, message); }

private:
    std::istream& in_;
    std::string buffer_;
    std::string_view line_;
    CsvRecord record_;
    std::size_t number_ = 0;
    std::size_t mark_ = 0; ///< size of the byte order mark in front of the header
    bool ended_ = true;
    bool has_return_ = false;
};

enum VerdictColumn { kind, direction, old_value, new_value, years, column_count };
constexpr std::array<std::string_view, column_count> column_names = {"kind", "direction", "old", "new", "years"};

/// Where the columns we need stand, and how many there are.
struct Header {
    std::array<std::size_t, column_count> positions{};
    std::size_t width = 0;
};

Header read_header(LineReader& lines)
{
    const auto& names = lines.fields();
    Header header;
    header.width = names.size();
    for (std::size_t column = 0; column < column_count; ++column) {
        const auto found = std::find(names.begin(), names.end(), column_names[column]);
        if (found == names.end())
            lines.fail(fmt::format("the header has no column '{}' (needed: kind,direction,old,new,years)",
                                   column_names[column]));
        header.positions[column] = static_cast<std::size_t>(found - names.begin());
    }
    if (std::find(names.begin(), names.end(), "verdict") != names.end())
        lines.fail("there is a column 'verdict' already; rename it");
    return header;
}

std::optional<Decimal> read_number(std::string_view text, std::string_view name, const LineReader& lines)
{
    if (text.empty())
        return std::nullopt;
    const auto number = Decimal::parse(text);
    if (!number)
        lines.fail(
            fmt::format("'{}' in column '{}' is not a number such as 3.9 (decimal point, no spaces)", text, name));
    return number;
}

int read_years(std::string_view text, const LineReader& lines)
{
    if (text.empty())
        return 1;
    int number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number < 1 || number > years_max)
        lines.fail(fmt::format("'{}' in column 'years' is not a whole number from 1 to {}", text, years_max));
    return number;
}

Change read_change(LineReader& lines, const Header& header)
{
    const auto& fields = lines.fields();
    if (fields.size() != header.width)
        lines.fail(fmt::format("{} fields where the header has {}", fields.size(), header.width));
    const auto field = [&](VerdictColumn column) -> std::string_view { return fields[header.positions[column]]; };
    const auto read_kind = from_word<IndicatorKind>(field(kind));
    if (!read_kind)
        lines.fail(fmt::format("unknown kind '{}' (known: share, number, amount, ratio, score)", field(kind)));
    const auto read_direction = from_word<Direction>(field(direction));
    if (!read_direction)
        lines.fail(fmt::format("unknown direction '{}' (known: up, down, neutral)", field(direction)));
    return {.kind = *read_kind,
            .direction = *read_direction,
            .old_value = read_number(field(old_value), "old", lines),
            .new_value = read_number(field(new_value), "new", lines),
            .years = read_years(field(years), lines)};
}

} // namespace

void write_verdicts(std::istream& in, std::ostream& out)
{
    LineReader lines(in);
    if (!lines.next())
        throw error("line 1: there is no header (needed: kind,direction,old,new,years)");
    const auto header = read_header(lines);
    out << lines.line() << ",verdict" << lines.end();
    while (lines.next()) {
        if (trim(lines.line()).empty()) {
            out << lines.line() << lines.end();
        } else {
            const auto outcome = judge(read_change(lines, header));
            out << lines.line() << ',' << to_string(outcome) << lines.end();
        }
        if (!out)
            throw error("the verdicts cannot be written: is the disk full, or the reader gone?");
    }
}

} // namespace skurd

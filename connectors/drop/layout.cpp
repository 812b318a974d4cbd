#include "connectors/drop/layout.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <regex>

namespace skurd {

namespace {

void read_format(Section& layout, CsvLayout& csv)
{
    csv.encoding = layout.get_choice("encoding", "auto",
                                     {"auto", "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "latin-1"});
    csv.separator = layout.get_choice("separator", "auto", {"auto", ";", ",", "tab", "\t", "|"});
    if (csv.separator == "tab")
        csv.separator = "\t";
    csv.header = static_cast<std::size_t>(layout.get_integer("header", 0, 1, 1000));
    csv.header_rows = static_cast<std::size_t>(layout.get_integer("header_rows", 1, 1, 10));
    csv.title = layout.get_string("title", "");
}

/// Refuses a pattern that is no regular expression where it stands, not when the first file comes.
std::string get_pattern(Section& layout, std::string_view key)
{
    auto pattern = layout.get_string(key, "");
    try {
        const std::regex compiled(pattern);
    } catch (const std::regex_error& failure) {
        layout.fail(key, fmt::format("'{}' is not a regular expression: {}", pattern, failure.what()));
    }
    return pattern;
}

void read_series(Section& layout, CsvLayout& csv)
{
    for (auto& series : layout.get_tables("series")) {
        CsvDimension dimension;
        dimension.column = series.require_string("column");
        dimension.id = series.get_string("id", dimension.column);
        dimension.label = series.get_string("label", "");
        csv.series.push_back(std::move(dimension));
    }
    csv.measures = get_pattern(layout, "measures");
    csv.measure_id = layout.get_string("measure_id", "measure");
    if (csv.series.empty() && csv.measures.empty())
        layout.fail("series", "nothing says what identifies a series: give [[layout.series]], 'measures', or both");
}

void read_periods(Section& layout, CsvLayout& csv)
{
    csv.periods = get_pattern(layout, "periods");
    csv.period_column = layout.get_string("period_column", "");
    csv.period = layout.get_string("period", "");
    csv.period_id = layout.get_string("period_id", csv.period_column.empty() ? "Tid" : csv.period_column);
    csv.value_column = layout.get_string("value_column", "");
    const bool wide = !csv.periods.empty();
    if (wide + !csv.period_column.empty() + !csv.period.empty() != 1)
        layout.fail("periods",
                    "exactly one of 'periods' (periods are columns), 'period_column' (periods are rows) and "
                    "'period' (one for the whole file) must be given");
    if (wide && !csv.value_column.empty())
        layout.fail("value_column",
                    "'value_column' and 'periods' exclude one another: with periods as columns, those "
                    "hold the values");
    if (!wide && csv.value_column.empty() == csv.measures.empty())
        layout.fail("value_column",
                    "exactly one of 'value_column' (one column of values) and 'measures' (several) must "
                    "be given");
}

void check_dimensions(const Section& layout, const CsvLayout& csv)
{
    std::vector<std::string> ids = {csv.period_id};
    if (!csv.measures.empty())
        ids.push_back(csv.measure_id);
    for (const auto& series : csv.series)
        ids.push_back(series.id);
    std::sort(ids.begin(), ids.end());
    if (const auto twice = std::adjacent_find(ids.begin(), ids.end()); twice != ids.end())
        layout.fail("series", fmt::format("two dimensions are called '{}': give one another id", *twice));
}

void read_numbers(Section& layout, CsvLayout& csv)
{
    csv.decimal = layout.get_choice("decimal", ",", {",", "."}).front();
    if (layout.has("thousands")) {
        csv.thousands.clear();
        for (const auto& word : layout.get_strings("thousands")) {
            if (word == "space")
                csv.thousands.insert(csv.thousands.end(), {" ", "\u00a0", "\u202f", "\u2009"});
            else if ((word == "." || word == ",") && word.front() != csv.decimal)
                csv.thousands.push_back(word);
            else
                layout.fail("thousands", fmt::format("'{}' cannot separate thousands (known: space, {})", word,
                                                     csv.decimal == ',' ? "." : ","));
        }
    }
    csv.empty = layout.get_choice("empty", "missing", {"missing", "absent"}) == "absent" ? CsvLayout::Empty::absent
                                                                                         : CsvLayout::Empty::missing;
    csv.unit = layout.get_string("unit", "");
}

void read_missing(Section& layout, DropLayout& read)
{
    auto missing = layout.get_table("missing");
    if (!missing)
        return;
    for (const auto& mark : missing->keys()) {
        const auto word =
            missing->get_choice(mark, "",
                                {"not applicable", "not available", "preliminary missing", "confidential", "nil",
                                 "not computable", "suppressed", "withdrawn", "not asked for"});
        if (trim(mark) != mark || mark.empty())
            missing->fail(mark, "a missing mark cannot be empty or begin or end with a space");
        read.conventions.symbols[mark] = meaning_from(word);
        read.csv.missing.push_back(mark);
    }
}

} // namespace

DropLayout read_layout(Section& layout)
{
    DropLayout read;
    read_format(layout, read.csv);
    read_series(layout, read.csv);
    read_periods(layout, read.csv);
    check_dimensions(layout, read.csv);
    read_numbers(layout, read.csv);
    read_missing(layout, read);
    read.conventions.time_dimension = read.csv.period_id;
    return read;
}

} // namespace skurd

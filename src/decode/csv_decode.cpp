#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv_columns.hpp"
#include "decode/csv_cube.hpp"
#include "decode/csv_layout.hpp"
#include "decode/encoding.hpp"

#include <cassert>

namespace skurd {

namespace {

using namespace std::string_view_literals;

struct KnownFormat {
    std::string_view beginning; ///< lower case
    std::string_view name;
};

/// What arrives under the name of a CSV file and is none.
constexpr KnownFormat binary_formats[] = {
    {"pk\x03\x04"sv, "a ZIP file or a spreadsheet (xlsx, ods)"},
    {"\xd0\xcf\x11\xe0"sv, "an old Office file (xls)"},
    {"%pdf-"sv, "a PDF file"},
    {"\x1f\x8b"sv, "a gzip file"},
};
constexpr KnownFormat text_formats[] = {
    {"<!doctype html"sv, "an HTML page"},
    {"<html"sv, "an HTML page"},
    {"<?xml"sv, "an XML file"},
    {"{"sv, "a JSON file"},
};

template <typename Formats>
void refuse_formats(std::string_view bytes, const Formats& formats)
{
    const auto beginning = to_lower(trim(bytes.substr(0, 200)));
    for (const auto& format : formats)
        if (beginning.starts_with(format.beginning))
            throw error("this is {}, not a CSV file", format.name);
}

DecodedText read_text(std::string_view bytes, const CsvLayout& layout)
{
    if (bytes.size() > layout.bytes_max)
        throw error("{} bytes; a file may have {}", bytes.size(), layout.bytes_max);
    refuse_formats(bytes, binary_formats);
    auto text = decode_text(bytes, layout.encoding);
    refuse_formats(text.utf8, text_formats);
    if (trim(text.utf8).empty())
        throw error("the file is empty");
    return text;
}

void set_separator(CsvReader& reader, const CsvLayout& layout)
{
    const char stated = reader.take_separator_line();
    while (layout.header > reader.line() && !reader.at_end())
        reader.skip_line();
    reader.set_separator(layout.separator != "auto" ? layout.separator.front()
                         : stated                   ? stated
                                                    : guess_separator(reader.rest()));
}

std::string required(const CsvRecord& record, std::size_t column, const CsvColumns& columns)
{
    const auto cell = trim_cell(record.fields[column]);
    if (cell.empty())
        throw error("line {}, column '{}': an empty cell where a code or period is to be", record.line,
                    quotable(columns.names[column]));
    return std::string(cell);
}

/// Adds the values of one row.
class Rows {
public:
    Rows(const CsvLayout& layout, CsvColumns& columns, CsvCube& cube)
        : layout_(layout), columns_(columns), cube_(cube)
    {
    }

    void add(const CsvRecord& record)
    {
        if (record.fields.size() != columns_.names.size())
            throw error("line {}: {} fields, but the header has {} columns", record.line, record.fields.size(),
                        columns_.names.size());
        read_codes(record);
        for (const auto& value : columns_.values)
            add_value(record, value);
    }

private:
    void read_codes(const CsvRecord& record)
    {
        positions_.clear();
        for (std::size_t i = 0; i < columns_.codes.size(); ++i) {
            const auto& code = columns_.codes[i];
            const auto label =
                code.label == CsvColumns::none ? "" : std::string(trim_cell(record.fields[code.label]));
            positions_.push_back(columns_.axes[i](required(record, code.column, columns_), label));
        }
        if (!layout_.measures.empty())
            positions_.push_back(0);
        if (columns_.period != CsvColumns::none) {
            const auto period = required(record, columns_.period, columns_);
            period_ = columns_.axes.back()(period, period);
        }
    }

    void add_value(const CsvRecord& record, const CsvColumns::Value& value)
    {
        if (!layout_.measures.empty())
            positions_.back() = value.measure;
        try {
            cube_.add(positions_, columns_.period == CsvColumns::none ? value.period : period_,
                      read_value(record.fields[value.column], layout_), record.line);
        } catch (const Error& failure) {
            throw error("line {}, column '{}': {}", record.line, quotable(columns_.names[value.column]),
                        failure.what());
        }
    }

    const CsvLayout& layout_;
    CsvColumns& columns_;
    CsvCube& cube_;
    std::vector<std::uint32_t> positions_;
    std::uint32_t period_ = 0;
};

} // namespace

Cube decode_csv(std::string_view bytes, const CsvLayout& layout)
{
    return decode_csv_file(bytes, layout).cube;
}

CsvFile decode_csv_file(std::string_view bytes, const CsvLayout& layout)
{
    assert(!layout.series.empty() || !layout.measures.empty());
    const auto text = read_text(bytes, layout);
    CsvReader reader(text.utf8);
    set_separator(reader, layout);
    auto columns = read_columns(reader, layout);
    CsvCube cube(layout, columns);
    Rows rows(layout, columns, cube);
    CsvRecord record;
    bool any = false;
    while (reader.read(record)) {
        if (record.is_blank())
            continue;
        rows.add(record);
        any = true;
    }
    if (!any)
        throw error("no rows follow the header");
    return {cube.make(), text.guessed};
}

} // namespace skurd

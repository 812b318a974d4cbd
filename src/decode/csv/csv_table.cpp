#include "decode/csv/csv_table.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/web_page.hpp"
#include "decode/px/px.hpp"
#include "decode/table/table_value.hpp"

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

DecodedText read_text(std::string_view bytes, const TableLayout& layout)
{
    if (bytes.size() > layout.bytes_max)
        throw error("{} bytes; a file may have {}", bytes.size(), layout.bytes_max);
    refuse_formats(bytes, binary_formats);
    if (is_px(bytes))
        throw error("this is a PX file, not a CSV file: say format = 'px', which needs no other key");
    auto text = decode_text(bytes, layout.encoding);
    if (is_web_page(text.utf8))
        throw error("this is an HTML page, not a CSV file");
    refuse_formats(text.utf8, text_formats);
    if (trim(text.utf8).empty())
        throw error("the file is empty");
    return text;
}

} // namespace

CsvTable::CsvTable(std::string_view bytes, const TableLayout& layout)
    : text_(read_text(bytes, layout)), reader_(text_.utf8), stated_separator_(layout.separator)
{
}

void CsvTable::go_to(std::size_t header)
{
    const char stated = reader_.take_separator_line();
    while (header > reader_.line() && !reader_.at_end())
        reader_.skip_line();
    separator_ = stated_separator_ != "auto" ? stated_separator_.front()
                 : stated                    ? stated
                                             : guess_separator(reader_.rest());
    reader_.set_separator(separator_);
}

std::string_view CsvTable::first_line() const
{
    return std::string_view(text_.utf8).substr(0, text_.utf8.find_first_of("\r\n"));
}

PlacedText CsvTable::cell(const std::string& name) const
{
    throw error("'period_cell' is '{}', but cells are named in spreadsheets only", excerpt(name));
}

std::string CsvTable::place(std::size_t line) const
{
    return fmt::format("line {}", line);
}

std::string CsvTable::place(std::size_t line, std::size_t column, const std::string& name) const
{
    return name.empty() ? fmt::format("line {}, column {}", line, column + 1)
                        : fmt::format("line {}, column '{}'", line, excerpt(name));
}

} // namespace skurd

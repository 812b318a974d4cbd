#include "base/text.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/table/decode_table.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/fuzz/checks.hpp"
#include "tests/fuzz/feeds.hpp"

#include <array>

namespace skurd::test {

namespace {

constexpr std::size_t cells_max = 100'000;
constexpr char between_parts = '\x1f';
constexpr std::string_view xls_beginning = "\xd0\xcf\x11\xe0";

const std::array<std::string, 10> layouts = {
    R"(periods = '^\d{4}$'
percent = "percent"
series = [{column = "Region"}]
missing = {":" = "confidential", ".." = "not available"})",
    R"(period_column = "Tid"
value_column = "Verdi"
decimal = "."
thousands = [",", "space"]
dates = "quarter"
empty = "absent"
unit_column = "Enhet"
series = [{column = "Region", label = "Navn"}, {column = "Kjønn", codes = {Menn = "1", Kvinner = "2"}}])",
    R"(header_rows = 3
fill_header = true
periods = '(\d{4})$'
measures = '^([^/]*) / '
series = [{column = "Region"}])",
    R"(header = 2
period_pattern = '(\d{4})'
period_column = "År"
lone_cells = "skip"
skip = ['^I alt', 'sum$']
stop = ['^Kilde']
footnotes = ["¹", "*"]
fill_down = ["Region"]
percent = "fraction"
across = [{id = "tall", pattern = '^(Antall|Andel) ?(.*)$', codes = {Antall = "n"}}]
series = [{column = "Region", pattern = '^(\d+) (.*)$'}]
notes = {'^Endret' = "not available"})",
    R"(encoding = "utf-16"
separator = "tab"
period = "2024"
measures = '^(A.*)$'
series = [{headings = true, id = "gruppe"}, {column = "Navn"}])",
    R"(header_rows = 0
columns = "A:D"
period_cell = "A1"
blank_rows = "stop"
lone_cells = "read"
names = {A = "Region", B = "Verdi"}
value_column = "Verdi"
fixed = {kilde = "x"}
series = [{column = "Region"}])",
    R"(header_rows = 2
across = [{id = "periode", pattern = '(\d{4})', row = 1, role = "time"}, {id = "mål", pattern = '(.+)', row = 2}]
sheet_pattern = '^T'
unit = "kroner"
encoding = "windows-1252"
series = [{column = "Region"}])",
    R"(format = "jsonstat"
title = "t")",
    R"(sheet_pattern = '^Tabell'
header = 3
period_column = "Dato"
dates = "month"
measures = '^(Antall|Andel)$'
stop = ['^Kilde:']
series = [{column = "Region"}]
missing = {"*" = "suppressed"})",
    R"layout(period_column = "Tid"
value_column = "Verdi"
status_column = "Enhet"
units = ["kr", "$"]
negatives = ["(1)", "1-"]
series = [{column = "Region", empty = "0"}]
missing = {":" = "not available"}
flags = {p = "provisional", b = "break in series", "1)" = "footnote", A = "normal", c = "confidential"})layout",
};

std::vector<std::pair<std::string, std::string>> changed(std::vector<std::pair<std::string, std::string>> entries,
                                                         const std::vector<std::string_view>& parts)
{
    constexpr std::string_view names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
                                          "xl/styles.xml", "xl/worksheets/s0.xml"};
    for (std::size_t i = 0; i < std::min(parts.size(), std::size(names)); ++i) {
        const auto is_named = [&](const auto& entry) { return entry.first == names[i]; };
        if (parts[i].empty())
            continue;
        std::erase_if(entries, is_named);
        entries.emplace_back(names[i], parts[i]);
    }
    return entries;
}

/// The file that an input of feed_sheet() stands for.
std::string workbook_of(char kind, std::string_view bytes)
{
    if (kind == 'x')
        return zipped(changed(xlsx_entries({{"Tabell", {}}}), split(bytes, between_parts)));
    return kind == 'o' ? zipped({{"content.xml", std::string(bytes)}}) : std::string(bytes);
}

FileLayout layout_of(std::string_view toml)
{
    auto section = Section::parse(toml, "job.toml");
    auto layout = read_layout(section);
    section.reject_unknown_keys();
    layout.table.cells_max = cells_max;
    return layout;
}

/// The one of drop_layouts() that a byte chooses.
const FileLayout& chosen(char byte)
{
    static const auto read = [] {
        std::vector<FileLayout> all;
        all.reserve(std::size(layouts));
        for (const auto& layout : layouts)
            all.push_back(layout_of(layout));
        return all;
    }();
    return read[static_cast<unsigned char>(byte - '0') % read.size()];
}

bool take_table(std::string_view bytes, const FileLayout& layout)
{
    return is_taken([&] {
        const auto file = decode_table(bytes, layout.table);
        if (file.cube.cells.empty())
            throw Finding("a table without cells was ingested");
        if (whole_text(file.cube) != whole_text(decode_table(bytes, layout.table).cube))
            throw Finding("the same bytes give another cube");
        check_all(file.cube, file.conventions(layout.conventions));
    });
}

} // namespace

std::span<const std::string> drop_layouts()
{
    return layouts;
}

std::span<const std::string> drop_files()
{
    using Rows = std::vector<std::vector<std::string>>;
    static const Rows rows = {{"Region", "2016", "2017"}, {"Bø", "#1.5", "3 912"}, {"I alt", "%0.5", ""}};
    static const std::array<std::string, 3> files = {
        "Region;Tid;Verdi;Enhet;2016;2017\nBø;2024-03-01;1 234,5;%;1;2\nÅs;2024;:;;3 912;\n" + std::string(900, 'a') +
            ";2025;..;kr;1;2\n",
        xlsx({{"Tabell", rows, {"B1:C1"}}}), ods({{"Tabell", rows, {"A2:A3"}}})};
    return files;
}

bool feed_csv(std::string_view bytes)
{
    if (bytes.empty())
        return false;
    auto layout = chosen(bytes.front());
    if (layout.table.format == TableLayout::Format::automatic)
        layout.table.format = TableLayout::Format::csv;
    return take_table(bytes.substr(1), layout);
}

bool feed_sheet(std::string_view bytes)
{
    if (bytes.size() < 2 || bytes.substr(2).starts_with(xls_beginning))
        return false;
    return take_table(workbook_of(bytes[0], bytes.substr(2)), chosen(bytes[1]));
}

bool feed_xls(std::string_view bytes)
{
    if (!bytes.substr(std::min<std::size_t>(bytes.size(), 1)).starts_with(xls_beginning))
        return false; // it would be CSV
    return take_table(bytes.substr(1), chosen(bytes.front()));
}

bool feed_layout(std::string_view bytes)
{
    return is_taken([&] {
        const auto layout = layout_of(bytes);
        for (const auto& file : drop_files())
            take_table(file, layout);
    });
}

} // namespace skurd::test

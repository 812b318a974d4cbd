#include "tests/decode/workbooks.hpp"

#include "tests/support/zip_bytes.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/period_reader.hpp"
#include "decode/workbook/sheet.hpp"

#include <algorithm>

namespace skurd::test {

namespace {

std::string escaped(std::string text)
{
    text = replace_all(std::move(text), "&", "&amp;");
    text = replace_all(std::move(text), "<", "&lt;");
    return replace_all(std::move(text), "\"", "&quot;");
}

/// Days since 1899-12-30, as Excel counts them from March 1900.
long serial(const std::string& date)
{
    using namespace std::chrono;
    return (sys_days(read_date(date).value()) - sys_days(year(1899) / 12 / 30)).count();
}

std::string xlsx_cell(const std::string& name, const std::string& cell)
{
    const auto rest = escaped(cell.empty() ? "" : cell.substr(1));
    switch (cell.empty() ? '\0' : cell.front()) {
    case '\0':
        return "";
    case '#':
        return fmt::format("<c r=\"{}\"><v>{}</v></c>", name, rest);
    case '%':
        return fmt::format(R"(<c r="{}" s="1"><v>{}</v></c>)", name, rest);
    case '@':
        return fmt::format(R"(<c r="{}" s="2"><v>{}</v></c>)", name, serial(rest));
    case '!':
        return fmt::format(R"(<c r="{}" t="e"><v>{}</v></c>)", name, rest);
    default:
        return fmt::format(R"(<c r="{}" t="inlineStr"><is><t>{}</t></is></c>)", name, escaped(cell));
    }
}

std::string ods_cell(const std::string& cell, const std::string& spans)
{
    const auto rest = escaped(cell.empty() ? "" : cell.substr(1));
    const auto typed = [&](const char* type, const char* key, const std::string& value) {
        return fmt::format("<table:table-cell{} office:value-type=\"{}\" {}=\"{}\"><text:p>shown</text:p>"
                           "</table:table-cell>",
                           spans, type, key, value);
    };
    switch (cell.empty() ? '\0' : cell.front()) {
    case '\0':
        return fmt::format("<table:table-cell{}/>", spans);
    case '#':
        return typed("float", "office:value", rest);
    case '%':
        return typed("percentage", "office:value", rest);
    case '@':
        return typed("date", "office:date-value", rest);
    default:
        return fmt::format("<table:table-cell{} office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                           spans, cell.front() == '!' ? rest : escaped(cell));
    }
}

struct Range {
    CellName first;
    CellName last;
};

std::vector<Range> ranges(const SheetText& sheet)
{
    std::vector<Range> all;
    for (const auto& merged : sheet.merged) {
        const auto colon = merged.find(':');
        all.push_back({cell_from(merged.substr(0, colon)).value(), cell_from(merged.substr(colon + 1)).value()});
    }
    return all;
}

std::string xlsx_sheet(const SheetText& sheet)
{
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet "
                      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
        xml += fmt::format("<row r=\"{}\">", row + 1);
        for (std::size_t column = 0; column < sheet.rows[row].size(); ++column)
            xml += xlsx_cell(column_name(column) + std::to_string(row + 1), sheet.rows[row][column]);
        xml += "</row>";
    }
    xml += "</sheetData><mergeCells>";
    for (const auto& merged : sheet.merged)
        xml += fmt::format("<mergeCell ref=\"{}\"/>", merged);
    return xml + "</mergeCells></worksheet>";
}

std::string ods_sheet(const SheetText& sheet)
{
    auto xml = fmt::format("<table:table table:name=\"{}\">", escaped(sheet.name));
    const auto merged = ranges(sheet);
    for (std::uint32_t row = 1; row <= sheet.rows.size(); ++row) {
        xml += "<table:table-row>";
        for (std::uint32_t column = 0; column < sheet.rows[row - 1].size(); ++column) {
            const auto range = std::find_if(merged.begin(), merged.end(), [&](const auto& r) {
                return r.first.row <= row && row <= r.last.row && r.first.column <= column && column <= r.last.column;
            });
            std::string spans;
            if (range != merged.end() && (range->first.row != row || range->first.column != column)) {
                xml += "<table:covered-table-cell/>";
                continue;
            }
            if (range != merged.end())
                spans =
                    fmt::format(R"( table:number-columns-spanned="{}" table:number-rows-spanned="{}")",
                                range->last.column - range->first.column + 1, range->last.row - range->first.row + 1);
            xml += ods_cell(sheet.rows[row - 1][column], spans);
        }
        xml += "</table:table-row>";
    }
    return xml + "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell "
                 "table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
}

} // namespace

std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries)
{
    std::vector<ZipPart> parts;
    parts.reserve(entries.size());
    for (const auto& [name, bytes] : entries)
        parts.push_back({name, bytes});
    return zip_of(parts);
}

std::vector<std::pair<std::string, std::string>> xlsx_entries(const std::vector<SheetText>& sheets)
{
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
    const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string names;
    std::string related = fmt::format(R"(<Relationship Id="s" Type="{}styles" Target="styles.xml"/>)", types);
    std::vector<std::pair<std::string, std::string>> entries = {
        {"[Content_Types].xml", head + "<Types/>"},
        {"_rels/.rels", head + fmt::format("<Relationships><Relationship Id=\"r\" Type=\"{}officeDocument\" "
                                           "Target=\"xl/workbook.xml\"/></Relationships>",
                                           types)},
        {"xl/styles.xml", head + "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0.0\\ %\"/></numFmts>"
                                 "<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
                                 "<xf numFmtId=\"170\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"}};
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        names += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", escaped(sheets[i].name), i + 1, i);
        related +=
            fmt::format(R"(<Relationship Id="rId{}" Type="{}worksheet" Target="worksheets/s{}.xml"/>)", i, types, i);
        entries.emplace_back(fmt::format("xl/worksheets/s{}.xml", i), xlsx_sheet(sheets[i]));
    }
    entries.emplace_back("xl/workbook.xml", head + "<workbook><sheets>" + names + "</sheets></workbook>");
    entries.emplace_back("xl/_rels/workbook.xml.rels", head + "<Relationships>" + related + "</Relationships>");
    return entries;
}

std::vector<std::pair<std::string, std::string>> ods_entries(const std::vector<SheetText>& sheets)
{
    std::string body;
    for (const auto& sheet : sheets)
        body += ods_sheet(sheet);
    return {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
            {"META-INF/manifest.xml", "<manifest:manifest/>"},
            {"content.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body>"
                            "<office:spreadsheet>" +
                                body + "</office:spreadsheet></office:body></office:document-content>"}};
}

} // namespace skurd::test

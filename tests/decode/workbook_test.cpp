// What cells and sheets of XLSX and ODS files are, written by programs of all kinds.
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/cell_text.hpp"
#include "decode/workbook/file_format.hpp"
#include "tests/connectors/drop_layout.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

const std::vector<SheetText> one_sheet = {{"Ark1", {{"Region", "2016"}, {"Bø", "#1.5"}}}};
const std::string across = "periods='^\\d{4}$'\n[[layout.series]]\ncolumn='Region'\n";

Parts with(Parts parts, const std::string& name, const std::string& from, const std::string& to)
{
    for (auto& [part, bytes] : parts)
        if (part == name) {
            REQUIRE(bytes.find(from) != std::string::npos);
            bytes = replace_all(bytes, from, to);
        }
    return parts;
}

/// A workbook whose cell B2 is written so.
std::string xlsx_with(const std::string& cell, const std::string& calculation = "")
{
    auto parts = with(xlsx_entries(one_sheet), "xl/worksheets/s0.xml", "<c r=\"B2\"><v>1.5</v></c>", cell);
    return zipped(with(std::move(parts), "xl/workbook.xml", "</workbook>", calculation + "</workbook>"));
}

std::string ods_with(const std::string& cell, const std::string& styles = "")
{
    const std::string old = "<table:table-cell office:value-type=\"float\" "
                            "office:value=\"1.5\"><text:p>shown</text:p></table:table-cell>";
    auto parts = with(ods_entries(one_sheet), "content.xml", old, cell);
    return zipped(with(std::move(parts), "content.xml", "<office:body>", styles + "<office:body>"));
}

SheetCell cell_of(const std::string& bytes)
{
    const auto sheet = open_workbook(bytes, file_format(bytes))->read(0);
    REQUIRE(sheet.rows.size() == 2);
    return sheet.rows[1].cells.size() == 2 ? sheet.rows[1].cells[1] : SheetCell{};
}

const std::string never =
    "sheet 'Ark1', B2: a formula that was never computed since it was written: open the file in a "
    "spreadsheet program and save it there";

} // namespace

TEST_CASE("a formula without a result refuses the file where it is read, with what to do", "[sheet]")
{
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><f>A1+1</f><v></v></c>")) == never);
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><f>A1+1</f></c>")) == never);
    CHECK(decoded("lone_cells='read'\n" + across, xlsx_with("<c r=\"B2\" t=\"str\"><f>A1</f><v></v></c>")) ==
          "Region,Tid,value,status\nBø,2016,,\n");
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><f>A1+1</f><v>0</v></c>")) ==
          "Region,Tid,value,status\nBø,2016,0,\n");
    CHECK(decoded(across, xlsx_with("<c r=\"B2\" t=\"str\"><f>A1</f></c>")) == never);
    CHECK(decoded(across, xlsx_with("<c r=\"B2\" t=\"b\"><f>A1</f><v></v></c>")) == never);
    CHECK(decoded(across, ods_with("<table:table-cell table:formula=\"of:=A1\"/>")) == never);
    const auto beside = xlsx_with(R"(<c r="B2"><v>1.5</v></c><c r="C2"><f>A1</f></c>)");
    CHECK(decoded(across, beside) == "Region,Tid,value,status\nBø,2016,1.5,\n");
}

TEST_CASE("a formula's 0 is no result where all is to be computed as the file is opened", "[sheet]")
{
    const std::string on_load = R"(<calcPr calcId="124519" fullCalcOnLoad="1"/>)";
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><f>SUM(1,3)</f><v>0</v></c>", on_load)) == never);
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><f>SUM(1,3)</f><v>0.0</v></c>", on_load)) == never);
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><f>SUM(1,3)</f><v>4</v></c>", on_load)) ==
          "Region,Tid,value,status\nBø,2016,4,\n");
    CHECK(decoded(across, xlsx_with("<c r=\"B2\"><v>0</v></c>", on_load)) == "Region,Tid,value,status\nBø,2016,0,\n");
}

TEST_CASE("a formula without a result in a name, a heading or a code refuses the file as well", "[sheet]")
{
    const auto file = [](const std::string& from, const std::string& to) {
        return zipped(with(xlsx_entries(one_sheet), "xl/worksheets/s0.xml", from, to));
    };
    const std::string name = R"(<c r="B1" t="inlineStr"><is><t>2016</t></is></c>)";
    CHECK(decoded(across, file(name, "<c r=\"B1\"><f>X1+1</f></c>"))
              .starts_with("sheet 'Ark1', B1: a formula that was"));
    const std::string code = "<c r=\"A2\" t=\"inlineStr\"><is><t>Bø</t></is></c>";
    CHECK(
        decoded(across, file(code, "<c r=\"A2\"><f>X1</f></c>")).starts_with("sheet 'Ark1', A2: a formula that was"));
    const auto cell = "period_cell='B1'\nvalue_column='x'\nheader_rows=0\n[layout.names]\nA='Region'\nB='x'\n"
                      "[[layout.series]]\ncolumn='Region'\n";
    CHECK(decoded(cell, file(name, "<c r=\"B1\"><f>X1</f></c>")).starts_with("sheet 'Ark1', B1: a formula that was"));
}

TEST_CASE("raised characters are marks of footnotes and units, never digits", "[sheet]")
{
    const std::string up = "<r><rPr><vertAlign val=\"superscript\"/></rPr><t>1)</t></r>";
    CHECK(cell_of(xlsx_with("<c r=\"B2\" t=\"inlineStr\"><is><r><t>1234</t></r>" + up + "</is></c>")).text ==
          "1234¹⁾");
    CHECK(cell_of(xlsx_with("<c r=\"B2\" t=\"inlineStr\"><is>" + up + "<r><t> x1</t></r></is></c>")).text == "¹⁾ x1");
    const std::string styles = "<office:automatic-styles><style:style style:name=\"T1\" style:family=\"text\">"
                               "<style:text-properties style:text-position=\"super 58%\"/></style:style>"
                               "</office:automatic-styles>";
    CHECK(cell_of(
              ods_with("<table:table-cell office:value-type=\"string\"><text:p>12<text:span "
                       "text:style-name=\"T1\">a<text:span text:style-name=\"T2\">b</text:span></text:span>c</text:p>"
                       "</table:table-cell>",
                       styles))
              .text == "12ᵃbc");
    const auto file = xlsx_with(R"(<c r="B2" t="inlineStr"><is><r><t>1234</t></r>)" + up + "</is></c>");
    CHECK(decoded(across, file).starts_with("sheet 'Ark1', B2: '1234¹⁾' is not a number"));
    CHECK(raised("km2*") == "ᵏᵐ²*");
}

TEST_CASE("escapes of XLSX are the characters they stand for", "[sheet]")
{
    CHECK(unescaped("Os_x006C_o") == "Oslo");
    CHECK(unescaped("a_x000D_\n") == "a\r\n");
    CHECK(unescaped("_x005F_x006C_") == "_x006C_");
    CHECK(unescaped("_xD83D__xDE00_") == "\xf0\x9f\x98\x80");
    CHECK(unescaped("_xD83D_ _x0000_ _x12_ _xZZZZ_") == "_xD83D_ _x0000_ _x12_ _xZZZZ_");
    CHECK(cell_of(xlsx_with("<c r=\"B2\" t=\"inlineStr\"><is><t>Os_x006C_o</t></is></c>")).text == "Oslo");
    CHECK(cell_of(xlsx_with("<c r=\"B2\" t=\"str\"><v>Os_x006C_o</v></c>")).text == "Oslo");
}

TEST_CASE("a cell of a kind that nobody knows refuses the sheet", "[sheet]")
{
    CHECK(decoded(across, xlsx_with("<c r=\"B2\" t=\"new\"><v>1</v></c>")) ==
          "sheet 'Ark1', B2: a cell of a kind ('new') that nobody knows");
}

TEST_CASE("cells of ODS are what their values say, and what they show where they have none", "[sheet]")
{
    const auto cell = [](const std::string& attributes, const std::string& shown) {
        return cell_of(ods_with("<table:table-cell " + attributes + ">" +
                                (shown.empty() ? "" : "<text:p>" + shown + "</text:p>") + "</table:table-cell>"));
    };
    CHECK(cell("office:value-type=\"string\" office:string-value=\"Oslo\"", "").text == "Oslo");
    CHECK(cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "SANN").text == "TRUE");
    CHECK(cell("office:value-type=\"time\" office:time-value=\"PT36H00M00S\"", "36:00").text == "36:00:00");
    CHECK(cell("office:value-type=\"time\" office:time-value=\"PT01H30M00S\"", "01:30").kind ==
          SheetCell::Kind::time);
    CHECK(cell("office:value-type=\"float\" office:value=\"301\"", "0301").text == "0301");
    CHECK(cell("office:value-type=\"float\" office:value=\"301\"", "0301").number.text() == "301");
    CHECK(cell("office:value-type=\"float\" office:value=\"1234\"", "1 234").text == "1234");
    CHECK(cell("office:value-type=\"date\" office:date-value=\"2016-01-01\"", "2016").shown == DatePeriod::year);
    CHECK(
        cell("office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"", "#DIV/0!").text ==
        "#DIV/0!");
    CHECK(cell("office:value-type=\"float\" office:value=\"0\"", "#N/A").text == "#N/A");
    CHECK(cell("office:value-type=\"float\" office:value=\"0\"", "Err:502").kind == SheetCell::Kind::text);
}

TEST_CASE("durations are refused as values", "[sheet]")
{
    const auto styled = with(xlsx_entries(one_sheet), "xl/styles.xml", "numFmtId=\"14\"", "numFmtId=\"46\"");
    const auto file = zipped(
        with(styled, "xl/worksheets/s0.xml", "<c r=\"B2\"><v>1.5</v></c>", R"(<c r="B2" s="2"><v>1.5</v></c>)"));
    CHECK(decoded(across, file) ==
          "sheet 'Ark1', B2: '36:00:00' is a time or a duration, not a number: give the cells a "
          "plain number format, with the unit that is meant");
}

TEST_CASE("codes that are numbers keep the zeros that are shown, and the run says so", "[sheet]")
{
    auto parts =
        with(xlsx_entries({{"Ark1", {{"Region", "2016"}, {"#301", "#7"}}}}), "xl/styles.xml", "0.0\\ %", "0000");
    parts = with(std::move(parts), "xl/worksheets/s0.xml", "<c r=\"A2\">", R"(<c r="A2" s="1">)");
    parts = with(std::move(parts), "xl/worksheets/s0.xml", "<c r=\"B2\">", R"(<c r="B2" s="1">)");
    const auto file = zipped(parts);
    CHECK(decoded(across, file) == "Region,Tid,value,status\n0301,2016,7,\n");
    const auto notes = decode_table(file, layout_from(across)).notes;
    REQUIRE(notes.size() == 1);
    CHECK(notes[0] == "numbers that are shown with zeros before them are read so where they are codes: 0301 (A2)");
}

TEST_CASE("sheets that are charts or hidden are not chosen unasked", "[sheet]")
{
    const std::vector<SheetText> sheets = {one_sheet[0], {"Annet", {{"Region", "2016"}, {"Ås", "#2"}}}};
    const std::string second = R"(name="Annet" sheetId="2")";
    const auto hidden = zipped(with(xlsx_entries(sheets), "xl/workbook.xml", second, second + " state=\"hidden\""));
    const auto chart =
        zipped(with(xlsx_entries(sheets), "xl/_rels/workbook.xml.rels", "worksheet\" Target=\"worksheets/s1.xml",
                    "chartsheet\" Target=\"chartsheets/s1.xml"));
    const std::string shown = "Region,Tid,value,status\nBø,2016,1.5,\n";
    CHECK(decoded(across, hidden) == shown);
    CHECK(decoded(across, chart) == shown);
    CHECK(decoded("sheet='Annet'\n" + across, hidden) == "Region,Tid,value,status\nÅs,2016,2,\n");
    CHECK(decoded("sheet_pattern='^Ann'\n" + across, hidden) == "Region,Tid,value,status\nÅs,2016,2,\n");
    CHECK(decoded("sheet='Annet'\n" + across, chart) == "sheet 'Annet' holds a chart or macros, not cells");
    auto ods_parts = with(ods_entries(sheets), "content.xml", "table:name=\"Annet\"",
                          R"(table:name="Annet" table:style-name="ta2")");
    ods_parts = with(std::move(ods_parts), "content.xml", "<office:body>",
                     "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>"
                     "<office:body>");
    CHECK(decoded(across, zipped(ods_parts)) == shown);
}

TEST_CASE("parts of a workbook are found in another case, behind backslashes and among foreign entries", "[sheet]")
{
    Parts renamed;
    for (const auto& [name, bytes] : xlsx_entries(one_sheet))
        renamed.emplace_back(name == "xl/worksheets/s0.xml" ? "XL\\Worksheets\\S0.xml" : name, bytes);
    renamed.emplace_back("[trash]/0000.dat", "");
    renamed.emplace_back("../outside", "x");
    CHECK(decoded(across, zipped(renamed)) == "Region,Tid,value,status\nBø,2016,1.5,\n");
    const auto related = with(xlsx_entries(one_sheet), "xl/_rels/workbook.xml.rels", "\"worksheets/s0.xml\"",
                              R"("/xl\.\worksheets\s0.xml")");
    CHECK(decoded(across, zipped(related)) == "Region,Tid,value,status\nBø,2016,1.5,\n");
}

TEST_CASE("workbooks of a kind that is not read are refused by its name", "[sheet]")
{
    const auto binary =
        with(xlsx_entries(one_sheet), "_rels/.rels", "Target=\"xl/workbook.xml\"", "Target=\"xl/workbook.bin\"");
    CHECK(decoded(across, zipped(binary)) ==
          "this is a binary workbook of Excel (xlsb), which is not read: save it as xlsx");
    const auto document = with(xlsx_entries(one_sheet), "xl/workbook.xml", "workbook", "document");
    CHECK(decoded(across, zipped(document)) == "this is a document of Office, but no workbook of Excel (xlsx)");
    CHECK(
        decoded(across, "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">") ==
        "this is an XML spreadsheet of Excel 2003, which is not read: save it as xlsx");
    CHECK(decoded(across, "<?xml version=\"1.0\"?><office:document "
                          "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">") ==
          "this is a flat OpenDocument file (fods), which is not read: save it as ods or xlsx");
}

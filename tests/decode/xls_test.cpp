// Old workbooks of Excel, made record by record: what each kind of cell is.
#include "base/error.hpp"
#include "decode/table/decode_table.hpp"
#include "decode/workbook/compound_file.hpp"
#include "decode/workbook/sheet.hpp"
#include "tests/connectors/drop_layout.hpp"
#include "tests/decode/xls_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

/// The first sheet of a file, a line for each cell: "B2 number 12.5".
std::string cells_of(const std::string& bytes)
{
    std::string text;
    const auto workbook = open_xls(bytes);
    for (const auto& row : workbook->read(0).rows)
        for (const auto& cell : row.cells) {
            constexpr const char* words[] = {"text", "number", "percent", "date", "time", "not computed"};
            text += fmt::format("{}{} {} {}\n", column_name(cell.column), row.number,
                                words[static_cast<std::size_t>(cell.kind)], cell.text);
        }
    return text;
}

std::string cells_of(const std::string& records, const std::string& globals)
{
    return cells_of(xls(globals, {{"Ark1", records}}));
}

std::string message_of(const std::string& bytes)
{
    try {
        cells_of(bytes);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

std::string font(unsigned escapement)
{
    return biff(0x0031, u16(200) + u16(0) + u16(0x7fff) + u16(400) + u16(escapement) + std::string(4, '\0') +
                            std::string("\5\0Arial", 7));
}

std::string xf(unsigned format)
{
    return biff(0x00e0, u16(0) + u16(format) + std::string(16, '\0'));
}

std::string format(unsigned id, std::string_view code)
{
    return biff(0x041e, u16(id) + biff_text(code));
}

std::string formula(unsigned row, unsigned column, const std::string& result, unsigned flags = 0)
{
    return biff(0x0006, biff_cell(row, column) + result + u16(flags) + u32(0) + u16(0));
}

std::string special_result(char kind, char value)
{
    return std::string{kind, '\0', value, '\0', '\0', '\0', '\xff', '\xff'};
}

const std::string computed = biff(0x01c1, u16(0x01c1) + u16(0) + u32(1));
const std::string row_of_names = biff_label(0, 0, "Region") + biff_label(0, 1, "2016");

} // namespace

TEST_CASE("numbers of an old workbook are what was typed, however they are stored", "[xls]")
{
    const auto rk = [](std::uint32_t bits) { return biff(0x027e, biff_cell(0, 0) + u32(bits)); };
    CHECK(cells_of(biff(0x0203, biff_cell(0, 0) + f64(12.5)), "") == "A1 number 12.5\n");
    CHECK(cells_of(biff(0x0203, biff_cell(0, 0) + f64(2.2)), "") == "A1 number 2.2\n");
    CHECK(cells_of(rk(1 << 2 | 2), "") == "A1 number 1\n");
    CHECK(cells_of(rk(static_cast<std::uint32_t>(-7) << 2 | 2), "") == "A1 number -7\n");
    CHECK(cells_of(rk(1234 << 2 | 3), "") == "A1 number 12.34\n");
    CHECK(cells_of(rk(0x3ff80000), "") == "A1 number 1.5\n");
    CHECK(cells_of(biff(0x00bd, u16(1) + u16(2) + u16(0) + u32(1 << 2 | 2) + u16(0) + u32(2 << 2 | 2) + u16(3)),
                   "") == "C2 number 1\nD2 number 2\n");
}

TEST_CASE("errors and truth values of an old workbook are no numbers", "[xls]")
{
    const auto bool_err = [](char value, char is_error) {
        return biff(0x0205, biff_cell(0, 0) + std::string{value, is_error});
    };
    CHECK(cells_of(bool_err(1, 0), "") == "A1 text TRUE\n");
    CHECK(cells_of(bool_err(0, 0), "") == "A1 text FALSE\n");
    CHECK(cells_of(bool_err(0x0f, 1), "") == "A1 text #VALUE!\n");
    CHECK(cells_of(bool_err(0x2a, 1), "") == "A1 text #N/A\n");
    CHECK(message_of(xls("", {{"Ark1", bool_err(0x55, 1)}})) ==
          "sheet 'Ark1', A1: an error of a kind (85) that nobody knows");
}

TEST_CASE("a formula of an old workbook is what it last came to, of whatever kind", "[xls]")
{
    CHECK(cells_of(formula(0, 0, f64(4.5)), computed) == "A1 number 4.5\n");
    CHECK(cells_of(formula(0, 0, f64(0), 3), computed) == "A1 number 0\n");
    CHECK(cells_of(formula(0, 0, special_result(1, 1)), computed) == "A1 text TRUE\n");
    CHECK(cells_of(formula(0, 0, special_result(2, 7)), computed) == "A1 text #DIV/0!\n");
    CHECK(cells_of(formula(0, 0, special_result(3, 0)) + biff_label(0, 1, "x"), computed) == "B1 text x\n");
    const auto shared = biff(0x04bc, std::string(10, '\0'));
    CHECK(cells_of(formula(0, 0, special_result(0, 0)) + shared + biff(0x0207, biff_text("Oslo")), computed) ==
          "A1 text Oslo\n");
    CHECK(message_of(xls(computed, {{"Ark1", formula(0, 0, special_result(0, 0)) + biff_label(0, 1, "x")}})) ==
          "sheet 'Ark1', A1: a formula lacks the text it came to: the file is damaged");
    CHECK(message_of(xls(computed, {{"Ark1", formula(0, 0, special_result(9, 0))}})) ==
          "sheet 'Ark1', A1: a formula with a result of a kind (9) that nobody knows");
}

TEST_CASE("a formula that no program has computed is not zero and not empty: the file is refused where it is read",
          "[xls]")
{
    CHECK(cells_of(formula(0, 0, special_result(3, 0)), "") == "A1 not computed #not computed\n");
    CHECK(cells_of(formula(0, 0, f64(0), 2), "") == "A1 not computed #not computed\n");
    CHECK(cells_of(formula(0, 0, f64(0)), "") == "A1 number 0\n");
    const auto file = xls("", {{"Ark1", row_of_names + biff_label(1, 0, "Oslo") + formula(1, 1, f64(0), 3)}});
    CHECK(decoded("periods='^\\d{4}$'\n[[layout.series]]\ncolumn='Region'\n", file) ==
          "sheet 'Ark1', B2: a formula that was never computed since it was written: open the file in a spreadsheet "
          "program and save it there");
}

TEST_CASE("shared texts of an old workbook are read across records, letters of one and two bytes mixed", "[xls]")
{
    const auto sst = [](unsigned count, const std::string& texts) {
        return biff(0x00fc, u32(count) + u32(count) + texts);
    };
    const auto use = [](unsigned column, unsigned text) { return biff(0x00fd, biff_cell(0, column) + u32(text)); };
    CHECK(cells_of(use(0, 1) + use(1, 0), sst(2, biff_text("b") + biff_text("a"))) == "A1 text a\nB1 text b\n");
    CHECK(cells_of(use(0, 0) + use(1, 1), sst(2, biff_text("") + biff_text("a"))) == "B1 text a\n");
    const auto split = sst(1, u16(4) + std::string("\0ab", 3)) + biff(0x003c, "\1" + u16(0xe5) + u16(0x2009));
    CHECK(cells_of(use(0, 0), split) == "A1 text abå\u2009\n");
    CHECK(cells_of(use(0, 0), sst(9, biff_text("as many as uses"))) == "A1 text as many as uses\n");
    CHECK(message_of(xls(sst(1, biff_text("a")), {{"Ark1", use(0, 1)}})) ==
          "sheet 'Ark1', A1: there is no shared text 1");
    CHECK(message_of(xls(sst(1, u16(9) + '\0' + "cut"), {{"Ark1", use(0, 0)}})) ==
          "the old Office file (xls) is damaged: it breaks off");
}

TEST_CASE("superscript in an old workbook is a mark, not a digit", "[xls]")
{
    const auto fonts = font(0) + font(0) + font(0) + font(0) + font(1); // the fifth is number 5: there is no 4
    const auto rich = u16(5) + '\x08' + u16(1) + "12341" + u16(4) + u16(5);
    const auto sst = biff(0x00fc, u32(1) + u32(1) + rich);
    CHECK(cells_of(biff(0x00fd, biff_cell(0, 0) + u32(0)), fonts + sst) == "A1 text 1234¹\n");
    const auto back = biff(0x00d6, biff_cell(0, 0) + biff_text("m2 x") + u16(2) + u16(1) + u16(5) + u16(2) + u16(0));
    CHECK(cells_of(back, fonts) == "A1 text m² x\n");
}

TEST_CASE("number formats of an old workbook say what a number is", "[xls]")
{
    const auto number = [](double value) { return biff(0x0203, biff_cell(0, 0, 1) + f64(value)); };
    const auto with = [&](unsigned id, std::string_view code) {
        return (code.empty() ? "" : format(id, code)) + xf(0) + xf(id);
    };
    CHECK(cells_of(number(0.123), with(10, "")) == "A1 percent 0.123\n");
    CHECK(cells_of(number(8), with(164, "#,##0.0 \"mnd\"")) == "A1 number 8\n");
    CHECK(cells_of(number(301), with(164, "0000")) == "A1 number 0301\n");
    CHECK(cells_of(number(45352), with(14, "")) == "A1 date 2024-03-01\n");
    CHECK(cells_of(number(43890), biff(0x0022, u16(1)) + with(14, "")) == "A1 date 2024-03-01\n");
    CHECK(cells_of(number(1.5), with(164, "[h]:mm")) == "A1 time 36:00:00\n");
    CHECK(cells_of(number(81227827687), with(50, "000000000000")) == "A1 number 081227827687\n");
}

TEST_CASE("sheets of an old workbook: hidden ones and charts are told from those of cells", "[xls]")
{
    const auto number = biff(0x0203, biff_cell(1, 1) + f64(7));
    const auto table = row_of_names + biff_label(1, 0, "Oslo") + number;
    const auto file = xls("", {{"Figur", biff(0x0203, biff_cell(0, 0) + f64(1)), 0, 2},
                               {"Skjult", biff_label(0, 0, "x"), 2},
                               {"Tabell", table}});
    const auto workbook = open_xls(file);
    REQUIRE(workbook->sheets().size() == 3);
    CHECK(workbook->sheets()[0].content == SheetInfo::Content::other);
    CHECK(workbook->sheets()[1].visibility == SheetInfo::Visibility::hidden);
    CHECK(workbook->sheets()[2].is_eligible());
    CHECK_THROWS_WITH(workbook->read(0), "sheet 'Figur' holds a chart or macros, not cells");
    CHECK(decoded("periods='^\\d{4}$'\n[[layout.series]]\ncolumn='Region'\n", file) ==
          "Region,Tid,value,status\nOslo,2016,7,\n");
}

TEST_CASE("numbers of a chart within a sheet are no cells", "[xls]")
{
    const auto chart = biff(0x0809, u16(0x0600) + u16(0x0020) + std::string(12, '\0')) +
                       biff(0x0203, biff_cell(0, 0) + f64(99)) + biff(0x000a, "");
    CHECK(cells_of(biff_label(0, 0, "a") + chart + biff_label(0, 1, "b"), "") == "A1 text a\nB1 text b\n");
}

TEST_CASE("cells of an old workbook may stand in any order, but not twice", "[xls]")
{
    CHECK(cells_of(biff_label(1, 0, "c") + biff_label(0, 1, "b") + biff_label(0, 0, "a"), "") ==
          "A1 text a\nB1 text b\nA2 text c\n");
    CHECK(message_of(xls("", {{"Ark1", biff_label(0, 0, "a") + biff_label(0, 0, "b")}})) ==
          "sheet 'Ark1', A1: the cells of the row are out of order, or this one is given twice");
}

TEST_CASE("merged cells of an old workbook have their text in every cell", "[xls]")
{
    const auto merged = biff(0x00e5, u16(1) + u16(0) + u16(0) + u16(1) + u16(2));
    const auto sheet = open_xls(xls("", {{"Ark1", biff_label(0, 1, "2016") + merged}}))->read(0);
    REQUIRE(sheet.merged.size() == 1);
    CHECK(sheet.merged[0].first_row == 1);
    CHECK(sheet.merged[0].first_column == 1);
    CHECK(sheet.merged[0].last_column == 2);
}

TEST_CASE("a workbook of Excel 5 is read in its code page", "[xls]")
{
    const auto label = biff(0x0204, biff_cell(0, 0) + u16(2) + "B\xf8");
    const auto file = [&](unsigned code_page) {
        return xls(biff(0x0042, u16(code_page)), {{"Ark1", label}}, 0x0500);
    };
    CHECK(cells_of(file(1252)) == "A1 text Bø\n");
    CHECK(cells_of(file(1251)) == "A1 text Bш\n");
}

TEST_CASE("what is no workbook that can be read is refused by its name", "[xls]")
{
    CHECK(message_of(xls(biff(0x002f, u16(0)), {{"Ark1", ""}})) ==
          "the old Office file (xls) is encrypted: save it without a password");
    CHECK(message_of(compound_file({{"WordDocument", "x"}})) ==
          "this old Office file is no workbook of Excel (xls), but a document of Word");
    CHECK(message_of(compound_file({{"EncryptedPackage", "x"}})) ==
          "the workbook is encrypted: save it without a password");
    CHECK(message_of(xls("", {{"Ark1", ""}}, 0x0400)) ==
          "the old Office file (xls) is of a version (BIFF 0400) that is not read: save it as xlsx");
    CHECK(decoded("period='2016'\nvalue_column='x'\n[[layout.series]]\ncolumn='y'\n",
                  std::string("\x09\x08\x08\0\0\0\x10\0\0\0\0\0", 12))
              .starts_with("this is a workbook of Excel 4 or older"));
}

TEST_CASE("a compound file that leads in a circle, or out of itself, is refused", "[xls]")
{
    const auto good = xls("", {{"Ark1", biff_label(0, 0, "a")}});
    const auto with = [&](std::size_t at, const std::string& bytes) {
        auto changed = good;
        changed.replace(at, bytes.size(), bytes);
        return message_of(changed);
    };
    REQUIRE(message_of(good) == "");
    const std::size_t table = 512;             // the table of sectors: itself, the directory, the stream from 2 on
    const std::size_t directory = table + 512; // of entries of 128 bytes
    CHECK(with(table + 4UL * 3, u32(2)) == "the old Office file (xls) is damaged: its sectors lead nowhere");
    CHECK(with(table + 4UL * 3, u32(4000)) == "the old Office file (xls) is damaged: a sector lies beyond its end");
    CHECK(with(table + 4UL * 3, u32(0xfffffffe)) == "the old Office file (xls) is damaged: it breaks off");
    CHECK(with(directory + 128 + 72, u32(1)) ==
          "the old Office file (xls) is damaged: its directory leads nowhere or in a circle");
    auto circle = good;
    circle.replace(68, 4, u32(1)); // further tables are listed in the directory's sector
    circle.replace(directory, 512, std::string(512, '\xff'));
    circle.replace(directory + 508, 4, u32(1)); // and go on there
    CHECK(message_of(circle) == "the old Office file (xls) is damaged: its table of sectors is a circle");
    std::string every_table_the_same;
    for (int i = 0; i < 109; ++i)
        every_table_the_same += u32(0);
    CHECK(with(76, every_table_the_same) ==
          "the old Office file (xls) is damaged: its table of sectors is larger than it");
}

TEST_CASE("an old workbook takes no memory for what it claims to hold", "[xls][hostile]")
{
    const auto claims = biff(0x0200, u32(0) + u32(0xffffff) + u16(0) + u16(0xffff) + u16(0)); // rows and columns
    const auto texts = biff(0x00fc, u32(2'000'000) + u32(2'000'000) + biff_text("a"));
    CHECK(cells_of(claims + biff_label(0, 0, "a"), texts) == "A1 text a\n");
    CHECK(message_of(xls(biff(0x00fc, u32(1) + u32(0xffffffff)), {{"Ark1", ""}})) ==
          "the workbook has more than 2000000 texts");
}

TEST_CASE("a workbook within another document is not taken for it", "[xls]")
{
    auto file = compound_file({{"Contents", "x"}, {"Workbook", "y"}});
    REQUIRE(CompoundFile(file).has("workbook"));
    const auto contents = file.find(std::string("C\0o\0n\0", 6));
    REQUIRE(contents != std::string::npos);
    file[contents + 66] = 1;                                  // a storage
    file.replace(contents + 72, 8, u32(0xffffffff) + u32(2)); // with the workbook in it
    CHECK_FALSE(CompoundFile(file).has("Workbook"));
}

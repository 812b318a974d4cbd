// Workbooks that mean harm, or broke on the way: one Error, whatever the bytes are.
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/decode_table.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <random>

using namespace skurd;
using namespace skurd::test;

namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

const std::vector<SheetText> small = {
    {"Tabell", {{"Region", "2016", "2017"}, {"Bø", "#1.5", "3 912"}, {"Ås", "%0.5", ""}}, {"A1:A1"}}};

TableLayout layout()
{
    TableLayout layout;
    layout.series = {{"Region", "region"}};
    layout.periods = "^\\d{4}$";
    layout.percent = TableLayout::Percent::percent;
    return layout;
}

/// "" when the bytes decode, else the Error's message; anything else that is thrown fails the test.
std::string message_of(const std::string& bytes)
{
    try {
        decode_table(bytes, layout());
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

Entries changed(Entries entries, const std::string& name, const std::string& from, const std::string& to)
{
    for (auto& [entry, bytes] : entries)
        if (entry == name) {
            REQUIRE(bytes.find(from) != std::string::npos);
            bytes = replace_all(bytes, from, to);
        }
    return entries;
}

std::string sheet_message(const std::string& from, const std::string& to)
{
    return message_of(zipped(changed(xlsx_entries(small), "xl/worksheets/s0.xml", from, to)));
}

std::string content_message(const std::string& from, const std::string& to)
{
    return message_of(zipped(changed(ods_entries(small), "content.xml", from, to)));
}

std::vector<std::string> seeds()
{
    return {xlsx(small), ods(small), read_file(SKURD_SOURCE_DIR "/connectors/drop/cases/xls/response-1.xls"),
            read_file(SKURD_SOURCE_DIR "/connectors/drop/cases/xlsx/response-1.xlsx")};
}

} // namespace

TEST_CASE("the small workbooks of these tests are good", "[hostile]")
{
    CHECK(message_of(xlsx(small)) == "");
    CHECK(message_of(ods(small)) == "");
}

TEST_CASE("a document type declaration is refused, so nothing outside the file is ever read", "[hostile]")
{
    const std::string doctype = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet";
    const std::string refusal = "the XML has a document type declaration, which is refused (entities)";
    CHECK(sheet_message("<worksheet", doctype) == refusal);
    CHECK(sheet_message("<worksheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet") != "");
    CHECK(content_message("<office:document-content", "<!DOCTYPE x PUBLIC \"a\" \"b\"><office:document-content") ==
          refusal);
    CHECK(message_of(zipped(changed(xlsx_entries(small), "xl/worksheets/s0.xml", "Bø", "&xxe;")))
              .starts_with("the XML has '&xxe;' in it, an entity that XML does not know"));
}

TEST_CASE("a bomb is refused before it is inflated, or while it is, when it lies about its size", "[hostile]")
{
    const auto bomb = zipped(changed(xlsx_entries(small), "xl/worksheets/s0.xml", "<sheetData>",
                                     "<sheetData>" + std::string(300UL << 20, ' ')));
    CHECK(bomb.size() < (1U << 20));
    CHECK(message_of(bomb).find("in the ZIP archive would unpack ") != std::string::npos);
    auto liar = bomb;
    for (std::size_t at = 0; (at = liar.find("s0.xml", at)) != std::string::npos; ++at) {
        const auto header = liar.rfind("PK\x01\x02", at);
        if (header != std::string::npos && at - header < 70)
            liar.replace(header + 24, 4, std::string("\x10\x27\0\0", 4)); // the central directory's size: 10 000
    }
    CHECK(liar != bomb);
    CHECK(message_of(liar) != "");
    Entries many = xlsx_entries(small);
    for (int i = 0; i < 2000; ++i)
        many.emplace_back(fmt::format("x{}", i), "");
    CHECK(message_of(zipped(many)) == "a ZIP archive of 2006 entries; 1000 are allowed");
}

TEST_CASE("sheets that claim more than there can be are refused", "[hostile]")
{
    CHECK(sheet_message("<row r=\"3\">", "<row r=\"99999999\">") == "sheet 'Tabell': there is no row 99999999");
    CHECK(sheet_message("r=\"C2\"", "r=\"ZZZ2\"") == "sheet 'Tabell': a cell 'ZZZ2' in row 2");
    CHECK(sheet_message("r=\"B2\"", "r=\"A2\"") ==
          "sheet 'Tabell', A2: the cells of the row are out of order, or this one is given twice");
    CHECK(sheet_message("t=\"inlineStr\"", "t=\"s\"") != "");
    CHECK(sheet_message("1.5", std::string(40'000, '1')) == "sheet 'Tabell', B2: more than 32767 bytes");
    std::string deep;
    for (int i = 0; i < 200; ++i)
        deep += "<x>";
    CHECK(sheet_message("<sheetData>", deep) == "the XML is nested deeper than 100 elements");
    CHECK(content_message(
              "<table:table-cell office:value-type=\"float\"",
              "<table:table-cell table:number-columns-repeated=\"4000000000\" office:value-type=\"float\"") ==
          "sheet 'Tabell', B2: more than 16384 columns");
    CHECK(content_message("<table:table-row><table:table-cell office:value-type=\"string\"><text:p>B",
                          "<table:table-row table:number-rows-repeated=\"900000\"><table:table-cell "
                          "office:value-type=\"string\"><text:p>B") != "");
    std::string merged;
    for (int i = 0; i < 10'001; ++i)
        merged += "<mergeCell ref=\"A1:XFD1048576\"/>";
    CHECK(sheet_message("<mergeCells>", "<mergeCells>" + merged) == "sheet 'Tabell': more than 10000 merged cells");
    CHECK(sheet_message("<mergeCells>", "<mergeCells><mergeCell ref=\"A1:A1048576\"/><mergeCell ref=\"B1:XFD9\"/>")
              .starts_with("sheet 'Tabell', "));
}

TEST_CASE("an old workbook that claims more cells than it can hold is read by those it has", "[hostile]")
{
    const auto honest = read_file(SKURD_SOURCE_DIR "/connectors/drop/cases/xls/response-1.xls");
    auto bytes = honest;
    const std::string dimensions("\x00\x02\x0e\x00", 4);
    const auto first = bytes.find(dimensions);
    const auto second = bytes.find(dimensions, first + 1);
    REQUIRE(second != std::string::npos);
    for (const auto at : {first, second}) {
        bytes.replace(at + 8, 4, std::string("\x60\xea\0\0", 4)); // 60 000 rows
        bytes.replace(at + 14, 2, std::string("\x00\x01", 2));    // 256 columns
    }
    CHECK(message_of(bytes) == message_of(honest));
    CHECK(message_of(bytes).find("claims") == std::string::npos);
}

TEST_CASE("encrypted, empty and foreign files are told apart", "[hostile]")
{
    CHECK(message_of("PK\x03\x04zzz").find("ZIP archive") != std::string::npos);
    CHECK(message_of(zipped({{"a.txt", "b"}})) ==
          "this is a ZIP file, but neither a workbook of Excel (xlsx) nor of OpenDocument (ods)");
    CHECK(message_of(zipped(changed(ods_entries(small), "META-INF/manifest.xml", "<manifest:manifest/>",
                                    "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"))) ==
          "the workbook is encrypted: save it without a password");
    std::string office = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(600, '\0');
    CHECK(message_of(office).starts_with("the old Office file (xls) is damaged: "));
    for (const char c : std::string("EncryptedPackage"))
        office += {c, '\0'};
    CHECK(message_of(office) == "the workbook is encrypted: save it without a password");
    auto wrong = layout();
    wrong.format = TableLayout::Format::ods;
    CHECK_THROWS_WITH(decode_table("a;b", wrong), "this is no workbook of OpenDocument (ods)");
    CHECK_THROWS_AS(decode_table(xlsx(small), wrong), Error);
}

TEST_CASE("a workbook cut off anywhere is refused", "[hostile]")
{
    for (const auto& seed : seeds())
        for (std::size_t part = 0; part < 50; ++part) {
            INFO(part << "/50 of " << seed.size());
            const auto message = message_of(seed.substr(0, seed.size() * part / 50));
            CHECK(message != "");
        }
}

TEST_CASE("a workbook with random damage decodes or is refused", "[hostile]")
{
    std::mt19937 random(20181101);
    std::size_t refused = 0;
    for (const auto& seed : seeds())
        for (int i = 0; i < 300; ++i) {
            auto bytes = seed;
            for (auto flips = 1 + random() % 8; flips > 0; --flips)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            refused += message_of(bytes).empty() ? 0 : 1;
        }
    CHECK(refused > 400);
}

TEST_CASE("random damage inside the XML of a workbook is refused or read, whatever it is", "[hostile]")
{
    std::mt19937 random(20191101);
    const std::string interesting = "<>&\"'/=!?[]-: \n;#0123456789eE+.AZ\xc3\xff";
    std::size_t refused = 0;
    for (const auto& seed : {xlsx_entries(small), ods_entries(small)})
        for (int i = 0; i < 500; ++i) {
            auto entries = seed;
            auto& bytes = entries[random() % entries.size()].second;
            for (auto changes = 1 + random() % 4; changes > 0; --changes) {
                const auto at = random() % (bytes.size() + 1);
                if (const auto kind = random() % 3; kind == 0)
                    bytes.insert(at, 1, interesting[random() % interesting.size()]);
                else
                    bytes.erase(at, kind == 1 ? 1 : random() % 100);
            }
            refused += message_of(zipped(entries)).empty() ? 0 : 1;
        }
    CHECK(refused > 300);
}

#include "base/csv_writer.hpp"

#include "base/csv_reader.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string row_of(CsvDialect dialect, const std::vector<std::string>& texts)
{
    CsvWriter csv(dialect);
    for (const auto& text : texts)
        csv.add(text);
    csv.end_row();
    return csv.take();
}

/// A field as a spreadsheet set to Norwegian is given it.
std::string protected_field(std::string_view text)
{
    return CsvWriter(CsvDialect::excel_nb).made(text);
}

} // namespace

TEST_CASE("a CSV field is quoted only where it must be")
{
    CHECK(row_of(CsvDialect::rfc4180, {"a b;c", "", "a,\"b\"", "x\ny"}) == "a b;c,,\"a,\"\"b\"\"\",\"x\ny\"\n");
}

TEST_CASE("text that a spreadsheet would run as a formula is kept from it, and read as it is with raw")
{
    for (const auto* text : {"=1+1", "=", "+47", "@SUM(A1)", "-cmd|' /C calc'!A0", "- herav kvinner", "-1-1", " =1",
                             "\"=1", "'=1", "\xc2\xa0+a", "\ufeff=a", "＝1+1", "--", "@x"}) {
        CAPTURE(text);
        CHECK(row_of(CsvDialect::raw, {text}) == CsvWriter(CsvDialect::raw).made(text) + "\n");
        CHECK(CsvWriter().made(text).find('\'') <= 1);
        CHECK(CsvWriter().made(text).size() > CsvWriter(CsvDialect::raw).made(text).size());
    }
    CHECK(CsvWriter().made("\t=1").starts_with("'"));
    CHECK(CsvWriter().made("Tall; =HYPERLINK(1)") == "Tall;' =HYPERLINK(1)"); // a spreadsheet may cut at semicolons
    CHECK(CsvWriter().made("a\n=1") == "\"a\n'=1\"");
    CHECK(CsvWriter(CsvDialect::raw).made("=1+1") == "=1+1");
    CHECK(CsvWriter().made("a\x1b[31m\u009b\u202e\u2066\x7f" "b\u200bå") == "a [31m    b\u200bå");
    CHECK(CsvWriter(CsvDialect::raw).made("a\x1b[31m") == "a\x1b[31m");
}

TEST_CASE("numbers, signs that stand alone and texts with signs inside them are no formulas")
{
    for (const auto* text : {"-1", "-0.5", "-1234567", "-", ".", "..", ":", "2019-11-01", "a-b", "1+1", "x@y.no",
                             "2016–2018", "", "Mål 1; -5", "e=mc2"}) {
        CAPTURE(text);
        CHECK(CsvWriter().made(text) == text);
    }
    CsvWriter csv;
    csv.add_number(Decimal::parse("-3.9"));
    CHECK(csv.take() == "-3.9");
}

TEST_CASE("CSV for a Norwegian spreadsheet has a byte order mark, semicolons, decimal commas and CRLF")
{
    CsvWriter csv(CsvDialect::excel_nb);
    csv.add("navn");
    csv.add_number(Decimal::parse("-1234.50"));
    csv.add_number(std::nullopt);
    csv.add("a,b");
    csv.end_row();
    csv.add("c;\"d\"");
    csv.end_row();
    CHECK(csv.take() == "\xef\xbb\xbfnavn;-1234,50;;a,b\r\n\"c;\"\"d\"\"\"\r\n");
}

TEST_CASE("text that a spreadsheet would change is protected from it, and nothing else is")
{
    for (const auto* text : {"0301", "2018-03", "1.2", "3/4", "1E5", "1234567890123456", "=1+1", "+47", "-1",
                             "@SUM(A1)", "=", "5 %", "00"}) {
        CAPTURE(text);
        CHECK(protected_field(text) == std::string("\"=\"\"") + text + "\"\"\"");
    }
    for (const auto* text : {"", "2018", "0", "2019-11-01", "2018T1", "2016–2018", "-", "..", ":", "Mål 1",
                             "1.-2. tertial", "2019-11-01T00:00:00Z"}) {
        CAPTURE(text);
        CHECK(protected_field(text) == text);
    }
}

TEST_CASE("a text that is too long to stand in a spreadsheet's formula has an apostrophe before it instead")
{
    CHECK(protected_field("=" + std::string(300, 'x')) == "'=" + std::string(300, 'x'));
}

TEST_CASE("what was protected is read back as it was")
{
    for (const auto dialect : {CsvDialect::raw, CsvDialect::excel_nb}) {
        const std::vector<std::string> texts = {"0301", "=1+1", "a;b", "c,\"d\"", "x\r\ny", "2018-03", "ord"};
        auto text = row_of(dialect, texts);
        if (dialect == CsvDialect::excel_nb)
            text.erase(0, 3);
        CsvReader reader(text);
        reader.set_separator(dialect == CsvDialect::excel_nb ? ';' : ',');
        CsvRecord record;
        REQUIRE(reader.read(record));
        CHECK(record.fields == texts);
    }
}

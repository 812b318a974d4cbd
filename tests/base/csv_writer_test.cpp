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

TEST_CASE("what was protected is read back as it was")
{
    for (const auto dialect : {CsvDialect::rfc4180, CsvDialect::excel_nb}) {
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

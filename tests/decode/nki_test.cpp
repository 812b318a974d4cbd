#include "base/error.hpp"
#include "connectors/nki/decode.hpp"
#include "connectors/nki/period.hpp"
#include "decode/csv/cube_csv.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

/// A row as JSON, with the value as it stands in it.
std::string row(const std::string& location, const std::string& value, const std::string& more = "")
{
    return fmt::format(R"({{"QualityIndicatorName":"Ventetid","MeasureType":"Andel","LocationName":"{}",)"
                       R"("PeriodType":"Årlig","TimeFrom":"2024-01-01T00:00:00","TimeTo":"2024-12-31T00:00:00",)"
                       R"("Value":{}{}}})",
                       location, value, more);
}

std::string rows(const std::vector<std::string>& all)
{
    return fmt::format(R"({{"AttachmentDataRows":[{}]}})", fmt::join(all, ","));
}

std::string csv_of(const std::string& bytes)
{
    const auto cube = decode_nki_data(bytes);
    std::string text;
    write_cube_csv(cube, text);
    return text;
}

} // namespace

TEST_CASE("numbers of a quality indicator keep their digits, and -10000000 is none", "[decode]")
{
    const auto cube = decode_nki_data(
        rows({row("a", "12.50"), row("b", "\"31,5\""), row("c", "-10000000"), row("d", "\"-10000000.0\""),
              row("e", "null"), row("f", "\"u.off.\""), row("g", "0.1234567890123456")}));
    std::vector<std::string> texts;
    for (const auto& cell : cube.cells)
        texts.push_back(cell.has_number() ? cell.number()->text() : "[" + cube.symbols[cell.symbol] + "]");
    CHECK(texts == std::vector<std::string>{"12.50", "31.5", "[-10000000]", "[-10000000]", "[]", "[u.off.]",
                                            "0.1234567890123456"});
}

TEST_CASE("rows of a quality indicator are read in every form they may have", "[decode]")
{
    const auto plain = csv_of(rows({row("Hele landet", "31.5")}));
    const auto wrapped = csv_of(R"({"data":)" + rows({row("Hele landet", "31.5")}) + "}");
    const auto marked = csv_of("\xef\xbb\xbf" + rows({row("Hele landet", "31.5")}));
    const auto columns = csv_of(
        R"({"ColumnNames":["Value","LocationName","MeasureName","TimeFrom","TimeTo","QualityIndicatorName","Extra"],)"
        R"("Rows":[[31.5,"Hele landet","Andel","2024-01-01","2025-01-01","Ventetid",{"a":[1]}]]})");
    CHECK(plain.find("31.5") != std::string::npos);
    CHECK(wrapped == plain);
    CHECK(marked == plain);
    CHECK(columns == plain);
}

TEST_CASE("units of one name under two regions are two locations", "[decode]")
{
    const auto cube = decode_nki_data(rows({
        row("Avdeling rus", "1", R"(,"LocationParentId":7,"ParentName":"UNN HF")"),
        row("Avdeling rus", "2", R"(,"LocationParentId":8,"ParentName":"Helse Bergen HF")"),
        row("Hele landet", "3", R"(,"LocationParentId":0,"ParentName":"Hele landet")"),
        row("Stavanger", "4", R"(,"LocationId":12,"LocationParentId":8,"ParentName":"Helse Vest RHF")"),
    }));
    std::vector<std::string> codes;
    for (const auto& category : cube.find(nki_location)->categories)
        codes.push_back(category.code + "=" + category.label);
    CHECK(codes == std::vector<std::string>{"UNN HF/Avdeling rus=Avdeling rus",
                                            "Helse Bergen HF/Avdeling rus=Avdeling rus", "Hele landet=Hele landet",
                                            "12=Stavanger"});
}

TEST_CASE("a file of several indicators tells them apart", "[decode]")
{
    auto other = row("a", "2");
    other.replace(other.find("Ventetid"), 8, "Epikrise");
    const auto cube = decode_nki_data(rows({row("a", "1"), other}));
    CHECK(cube.dimensions.size() == 4);
    CHECK(cube.find(nki_name)->categories.size() == 2);
    CHECK(cube.cells.size() == 2);
}

TEST_CASE("rows of a quality indicator that cannot be right are refused with their number", "[decode]")
{
    CHECK_THROWS_WITH(decode_nki_data(rows({row("a", "1"), row("a", "1")})),
                      "row 2 says again what 'a', 'Andel' is in 2024");
    CHECK_THROWS_WITH(decode_nki_data(rows({row("", "1")})), "row 1 has no LocationName");
    CHECK_THROWS_WITH(decode_nki_data(rows({"3"})), "row 1 is neither an object nor an array under ColumnNames");
    CHECK_THROWS_WITH(decode_nki_data(R"({"ColumnNames":["a","b"],"Rows":[[1]]})"),
                      "row 1 has 1 fields, ColumnNames has 2");
    CHECK_THROWS_WITH(decode_nki_data(R"({"x":1})"), "the member 'AttachmentDataRows' is missing");
    CHECK_THROWS_WITH(decode_nki_data(rows({})), "no rows");
    CHECK_THROWS_AS(decode_nki_data(rows({row("a", "1")}).substr(0, 50)), Error);
}

TEST_CASE("periods of quality indicators, whichever end they state", "[decode]")
{
    const auto text = [](const char* from, const char* to, const char* kind) {
        return nki_period_text(from, to, kind);
    };
    CHECK(text("2024-01-01T00:00:00", "2024-12-31T00:00:00", "Årlig") == "2024");
    CHECK(text("2024-01-01", "2024-12-31T23:59:59", "") == "2024");
    CHECK(text("2024-01-01", "2025-01-01", "") == "2024");
    CHECK(text("2024-01-01", "", "Årlig") == "2024");
    CHECK(text("2024-01-01", "2024-01-01", "årlig") == "2024");
    CHECK(text("2024-07-01", "2024-12-31", "Halvårlig") == "2024H2");
    CHECK(text("2024-05-01", "2024-08-31", "Tertialvis") == "2024T2");
    CHECK(text("2024-09-01", "", "Tertial") == "2024T3");
    CHECK(text("2024-04-01", "2024-07-01", "Kvartalsvis") == "2024Q2");
    CHECK(text("2024-02-01", "2024-02-29", "Månedlig") == "2024M02");
    CHECK(text("2022-01-01", "2024-12-31", "Årlig") == "2022-2024");
    CHECK(text("2024-02-01", "2024-05-31", "") == "2024-02-01/2024-05-31");
    CHECK(text("2024-01-15", "", "") == "2024-01-15/2024-01-15");
    CHECK_THROWS_WITH(text("i fjor", "", ""), "'i fjor' is not a date");
    CHECK_THROWS_WITH(text("2024-02-01", "2024-01-01", ""), "a period from 2024-02-01 to 2024-01-01");
}

TEST_CASE("the list of quality indicators", "[decode]")
{
    const auto list =
        decode_nki_list(R"([{"id":2001,"tittel":"Ventetid","x":{},"attachments":[{"fileName":"2001 a.json",)"
                        R"("fileType":"application/json","fileUri":"https://h/a.json"}]},{"id":"b"}])");
    REQUIRE(list.size() == 2);
    CHECK(list[0].id == "2001");
    CHECK(list[0].attachments.at(0).uri == "https://h/a.json");
    CHECK(list[1].attachments.empty());
    CHECK_THROWS_WITH(decode_nki_list("{}"), "JSON, but not a list: '{}'");
    CHECK_THROWS_WITH(decode_nki_list("[{}]"), "an indicator without an 'id'");
}

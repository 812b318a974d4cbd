#include "base/error.hpp"
#include "connectors/fhi/decode.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

using namespace skurd;

TEST_CASE("a tree of categories becomes a list, parents first", "[decode]")
{
    const auto dimensions =
        decode_fhi_dimensions("\xef\xbb\xbf"
                              R"({"new":1,"dimensions":[{"code":"GEO","label":null,"frequency":3,"categories":[
        {"label":"Hele landet","value":"0","children":[
            {"label":"Innlandet","value":"34","children":[{"label":null,"value":"3450","children":null}]},
            {"label":"Oslo","value":"03","children":[{"label":"Oslo igjen","value":"03"}]}]},
        {"label":"Utlandet","value":"99","children":[]}]}]})");
    REQUIRE(dimensions.size() == 1);
    std::string text = dimensions[0].label;
    for (const auto& category : dimensions[0].categories)
        text += fmt::format("|{}={}", category.code, category.label);
    CHECK(text == "GEO|0=Hele landet|34=Innlandet|3450=3450|03=Oslo|99=Utlandet");
}

TEST_CASE("dimensions of FHI that cannot be right are refused", "[decode]")
{
    CHECK_THROWS_WITH(decode_fhi_dimensions("[]"), "the member 'dimensions' is missing");
    CHECK_THROWS_WITH(decode_fhi_dimensions(R"({"dimensions":[]})"), "no dimensions");
    CHECK_THROWS_WITH(decode_fhi_dimensions(R"({"dimensions":[{"label":"x"}]})"), "the member 'code' is missing");
    CHECK_THROWS_WITH(decode_fhi_dimensions(R"({"dimensions":[{"code":"A"},{"code":"A"}]})"),
                      "two dimensions are called 'A'");
    CHECK_THROWS_WITH(decode_fhi_dimensions(R"({"dimensions":[{"code":"A","categories":[{"label":"x"}]}]})"),
                      "the member 'value' is missing");
    CHECK_THROWS_WITH(decode_fhi_dimensions("{\"dimensions\":["), "not JSON, or cut short: '{\"dimensions\":['");
    std::string deep = "null";
    for (int i = 0; i < 40; ++i)
        deep = fmt::format(R"([{{"value":"{}","children":{}}}])", i, deep);
    CHECK_THROWS_WITH(decode_fhi_dimensions(R"({"dimensions":[{"code":"A","categories":)" + deep + "}]}"),
                      "the categories of A are nested more than 32 deep");
    std::string many;
    for (int i = 0; i <= 100'000; ++i)
        many += fmt::format(R"({}{{"value":"{}"}})", i ? "," : "", i);
    CHECK_THROWS_WITH(decode_fhi_dimensions(R"({"dimensions":[{"code":"A","categories":[)" + many + "]}]}"),
                      "A has more than 100000 categories");
}

TEST_CASE("tables of FHI are read with whatever stamps they have", "[decode]")
{
    const auto tables = decode_fhi_tables(
        R"([{"tableId":754,"title":" D5c\t","publishedAt":"2026-04-27T05:00:00Z","modifiedAt":null},{"tableId":"8"}])");
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].title == "D5c");
    CHECK(tables[0].published == "2026-04-27T05:00:00Z");
    CHECK(tables[0].modified.empty());
    CHECK(decode_fhi_tables(R"({"tableId":3,"title":"x"})").at(0).id == "3");
    CHECK_THROWS_WITH(decode_fhi_tables(R"([{"tableId":1.5}])"), "the member 'tableId' is not a text");
    CHECK_THROWS_WITH(decode_fhi_tables(R"([{"tableId":-1}])"), "the table id '-1' is not a number");
    CHECK_THROWS_WITH(decode_fhi_tables("[1]"), "an item of the list is not an object");
    CHECK_THROWS_WITH(decode_fhi_tables("\"x\""), "JSON, but not a list");
}

TEST_CASE("the symbol of a flag is the short of its two texts", "[decode]")
{
    const auto in_title = decode_fhi_flags(R"([{"title":":","text":"Anonymisert"},{"title":"k","text":"x"}])");
    const auto in_text = decode_fhi_flags(R"([{"title":"Anonymisert","text":":"}])");
    CHECK(in_title.at(":") == "Anonymisert");
    CHECK(in_title.at("k") == "x");
    CHECK(in_text.at(":") == "Anonymisert");
    CHECK(in_text.size() == 1);
    CHECK(decode_fhi_legend(R"({"extension":{"flags":{"index":[":"],"label":{":":"Anonymisert"}}}})").at(":") ==
          "Anonymisert");
    CHECK(decode_fhi_legend(R"({"extension":{"flags":null}})").empty());
    CHECK(decode_fhi_legend(R"({"value":[1]})").empty());
}

TEST_CASE("an error of FHI has words in whatever form it comes", "[decode]")
{
    CHECK(decode_fhi_error(
              R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"KJONN is missing"})") ==
          "Bad Request; KJONN is missing");
    CHECK(decode_fhi_error(R"({"title":"Errors","errors":{"a.b":["too many","no"]}})") ==
          "Errors; a.b: too many; a.b: no");
    CHECK(decode_fhi_error(R"({"message":"Too many rows"})") == "Too many rows");
    CHECK(decode_fhi_error(R"({"status":"Too many rows"})") == "Too many rows");
    CHECK(decode_fhi_error("\"Too many\\nrows\"") == "Too many rows");
    CHECK(decode_fhi_error(" Too many rows\n") == "Too many rows");
    CHECK(decode_fhi_error(R"({"a":1})") == R"({"a":1})");
    CHECK(decode_fhi_error("").empty());
    CHECK(decode_fhi_error("\xff\xfe") == "(bytes that are not text)");
}

TEST_CASE("answers like the real ones of FHI are read", "[decode]")
{
    const auto folder = test::reference("samples/fhi");
    if (!folder)
        return;
    const auto tables = decode_fhi_tables(test::read_file(*folder / "nod_fhi-tables.json"));
    const auto sources = decode_fhi_sources(test::read_file(*folder / "nod_fhi-sources.json"));
    const auto dimensions = decode_fhi_dimensions(test::read_file(*folder / "nod_fhi-table-dimensions.json"));
    const auto data = test::read_file(*folder / "nod_fhi-query-flags.json");
    const auto cube = decode_jsonstat(data).at(0);
    const auto legend = decode_fhi_legend(data);

    CHECK(tables.at(1).id == "868");
    CHECK(sources.at(0).id == "abr");
    CHECK(dimensions.at(0).categories.size() == 3);
    CHECK(cube.symbols.at(cube.cells.at(2).symbol) == ":");
    CHECK(legend.size() == 3);
}

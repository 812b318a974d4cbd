#include "connectors/pxweb/decode.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;

TEST_CASE("a table's description is read, whatever else stands in it", "[decode]")
{
    const auto table = decode_pxweb_table(R"({"language":"no","id":"07459","label":"07459: Befolkning 1986-2025",
        "updated":"2025-02-25T07:00:00Z","discontinued":null,"paths":[[{"id":"be"}]],"links":[]})");
    const auto ended = decode_pxweb_table(R"({"label":"x","id":"11994","discontinued":true})");
    CHECK(table.id == "07459");
    CHECK(table.label == "07459: Befolkning 1986-2025");
    CHECK(table.updated == "2025-02-25T07:00:00Z");
    CHECK_FALSE(table.discontinued);
    CHECK(ended.updated == "");
    CHECK(ended.discontinued);
}

TEST_CASE("what is no description is refused", "[decode]")
{
    CHECK_THROWS_WITH(decode_pxweb_table(""), "not JSON, or cut short: ''");
    CHECK_THROWS_WITH(decode_pxweb_table(R"({"id":"07459","label":"074)"),
                      Catch::StartsWith("not JSON, or cut short"));
    CHECK_THROWS_WITH(decode_pxweb_table("[1]"), "JSON, but not an object");
    CHECK_THROWS_WITH(decode_pxweb_table(R"({"label":"x"})"), "the member 'id' is missing");
    CHECK_THROWS_WITH(decode_pxweb_table(R"({"id":"1"})"), "the member 'label' is missing");
    CHECK_THROWS_WITH(decode_pxweb_table(R"({"id":7459,"label":"x"})"), "the member 'id' is not a string");
    CHECK_THROWS_WITH(decode_pxweb_table(std::string(17'000'000, ' ')), "17000000 bytes; at most 16777216 are read");
    CHECK_THROWS_WITH(decode_pxweb_table(std::string(500'000, '[')), Catch::StartsWith("not JSON, or cut short"));
}

TEST_CASE("error bodies of every shape say what they say", "[decode]")
{
    CHECK(decode_pxweb_error(R"({"type":"Parameter error","title":"Non-existent value","status":400})") ==
          "Non-existent value");
    CHECK(decode_pxweb_error(R"({"title":"Not valid.","errors":{"valueCodes":["The value '1' is invalid."]}})") ==
          "Not valid. valueCodes: The value '1' is invalid.");
    CHECK(decode_pxweb_error(R"({"error":"Parameter error"})") == "Parameter error");
    CHECK(decode_pxweb_error("API calls quota exceeded!\nmaximum admitted 30 per 10s.") ==
          "API calls quota exceeded! maximum admitted 30 per 10s.");
    CHECK(decode_pxweb_error("") == "");
    CHECK(decode_pxweb_error(R"({"x":1})") == R"({"x":1})");
    CHECK(decode_pxweb_error("\xff\xfe") == "(bytes that are not text)");
    CHECK(decode_pxweb_error(std::string(199, 'a') + "øøø") == std::string(199, 'a') + "…");
    CHECK(decode_pxweb_error(std::string(100'000, 'a')) == std::string(200, 'a') + "…");
}

TEST_CASE("a page of the list of tables is read", "[decode]")
{
    const auto page = decode_pxweb_tables(R"({"tables":[{"id":"11994","label":"11994: Årsverk","discontinued":true,
        "updated":"2023-06-15T06:00:00Z","firstPeriod":"2015","lastPeriod":"2022","timeUnit":"Annual"}],
        "page":{"pageNumber":2,"pageSize":1,"totalElements":3,"totalPages":3}})");
    REQUIRE(page.tables.size() == 1);
    CHECK(page.tables[0].periods == "2015-2022");
    CHECK(page.tables[0].time_unit == "Annual");
    CHECK(page.tables[0].discontinued);
    CHECK(page.page == 2);
    CHECK(page.pages == 3);
    CHECK_THROWS_WITH(decode_pxweb_tables("{}"), "there is no list 'tables'");
    CHECK(page.total == 3);
    CHECK(page.unreadable == 0);
}

TEST_CASE(
    "a bad item makes no other of its list invisible, and is counted where it does not say which table it is about",
    "[decode]")
{
    const auto page =
        decode_pxweb_tables(R"({"tables":[7, {"id":7,"label":"x"}, {"label":"no id"}, {"id":"1","label":""},
        {"id":"2","label":null,"updated":20240101,"firstPeriod":["2015"]}, {"id":"11994","label":"Årsverk"}]})");
    REQUIRE(page.tables.size() == 3);
    CHECK(page.unreadable == 3);
    CHECK(page.tables[0].id == "1");
    CHECK(page.tables[1].updated.empty());
    CHECK(page.tables[2].label == "Årsverk");
    CHECK(decode_pxweb_v1_hits(R"([7, {"title":"no id"}, {"id":"07459","title":"Befolkning"}])").size() == 1);
}

TEST_CASE("a server tells its version and its limit, or it is not such a server", "[decode]")
{
    const auto v2 = decode_pxweb_config(R"({"apiVersion":"2.3.2","maxDataCells":800000})");
    const auto v1 = decode_pxweb_config(R"({"maxValues":50000,"maxCells":120000,"CORS":true})");
    REQUIRE(v2);
    REQUIRE(v1);
    CHECK(v2->is_v2);
    CHECK(v2->cells_max == 800'000);
    CHECK_FALSE(v1->is_v2);
    CHECK(v1->cells_max == 120'000);
    CHECK(decode_pxweb_config(R"({"apiVersion":"2","maxDataCells":-1})")->cells_max == 0);
    CHECK(decode_pxweb_config(R"({"maxValues":4,"maxCalls":10,"timeWindow":10})")->cells_max == 4);
    CHECK_FALSE(decode_pxweb_config(R"({"maxValues":4})")->is_v2);
    CHECK_FALSE(decode_pxweb_config(R"({"error":"Parameter error"})"));
    CHECK_FALSE(decode_pxweb_config("<html></html>"));
}

TEST_CASE("v1's description of a table is a cube without cells", "[decode]")
{
    constexpr auto bytes = R"({"title":"05300: Avstand","variables":[
        {"code":"Avstand1","text":"avstand","values":["01","02"],"valueTexts":["Under 1 km","1-4,9 km"],
         "elimination":true},
        {"code":"Region","text":"region","values":null,"valueTexts":null},
        {"code":"Tid","text":"år","values":["1991"],"valueTexts":["1991"],"time":true}]})";
    const auto cube = decode_pxweb_v1_metadata(bytes);
    REQUIRE(cube.dimensions.size() == 3);
    CHECK(cube.label == "05300: Avstand");
    CHECK(cube.cells.empty());
    CHECK(cube.dimensions[0].categories[1].label == "1-4,9 km");
    CHECK(cube.dimensions[0].eliminable == true);
    CHECK(cube.dimensions[1].categories.empty());
    CHECK(cube.dimensions[1].eliminable == false);
    CHECK(cube.dimensions[2].role == Role::time);
    CHECK(is_pxweb_v1_metadata(bytes));
    CHECK_FALSE(is_pxweb_v1_metadata(R"({"class":"dataset","title":"x"})"));
    CHECK_FALSE(is_pxweb_v1_metadata(""));
    CHECK_THROWS_WITH(decode_pxweb_v1_metadata(R"({"title":"x"})"), "there is no list 'variables'");
    CHECK_THROWS_WITH(decode_pxweb_v1_metadata(R"({"variables":[{"code":"A","values":[1]}]})"),
                      "the list 'values' holds something that is not a string");
}

TEST_CASE("v1's hits have the whole path of a table as its id", "[decode]")
{
    const auto hits = decode_pxweb_v1_hits(R"([{"id":"tab1.px","path":"/pop/a/","title":"Population","score":1.5,
        "published":"2026-01-02T07:00:00"},{"id":"07459","title":"Befolkning"}])");
    REQUIRE(hits.size() == 2);
    CHECK(hits[0].id == "pop/a/tab1.px");
    CHECK(hits[0].label == "Population");
    CHECK(hits[1].id == "07459");
    CHECK_THROWS_WITH(decode_pxweb_v1_hits(R"({"error":"Search not activated"})"), "JSON, but not an array");
}

TEST_CASE("a codelist's categories are read", "[decode]")
{
    const auto categories = decode_pxweb_codelist(R"({"id":"agg_X","values":[{"code":"F-31","label":"Østfold",
        "valueMap":["0101"]},{"code":"F-03"}]})");
    REQUIRE(categories.size() == 2);
    CHECK(categories[0].label == "Østfold");
    CHECK(categories[1].label == "F-03");
    CHECK_THROWS_WITH(decode_pxweb_codelist("{}"), "there is no list 'values'");
}

TEST_CASE("a selection is written for GET and for POST", "[decode]")
{
    const PxwebSelection selection = {{"Alder", {"80+", "x,y"}, ""}, {"År", {"range(2018,2020)", "top(1)"}, ""}};
    CHECK(pxweb_query(selection) == "valueCodes%5BAlder%5D=80%2B,%5Bx%2Cy%5D&valueCodes%5B%C3%85r%5D="
                                    "%5Brange%282018%2C2020%29%5D,top%281%29");
    CHECK(pxweb_query({{"Region", {"F-31"}, "agg_KommFylker"}}) ==
          "valueCodes%5BRegion%5D=F-31&codelist%5BRegion%5D=agg_KommFylker");
    CHECK(pxweb_query_body({{"Region", {"F-31"}, "agg_X"}}) ==
          R"~({"selection":[{"variableCode":"Region","codelist":"agg_X","valueCodes":["F-31"]}]})~");
    CHECK(pxweb_v1_query_body({{"Tid", {"3"}, "", "top"}}) ==
          R"~({"query":[{"code":"Tid","selection":{"filter":"top","values":["3"]}}],)~"
          R"~("response":{"format":"json-stat2"}})~");
    CHECK(pxweb_query_body(selection) == R"~({"selection":[{"variableCode":"Alder","valueCodes":["80+","x,y"]},)~"
                                         R"~({"variableCode":"År","valueCodes":["range(2018,2020)","top(1)"]}]})~");
}

TEST_CASE("what a server would split or trim is written so that it does not", "[decode]")
{
    CHECK(pxweb_query({{"A", {" 01", "02 ", "03"}, ""}}) == "valueCodes%5BA%5D=%5B%2001%5D,%5B02%20%5D,03");
    CHECK(fits_query({{"A", {" 01", "x,y"}, ""}}));
    CHECK_FALSE(fits_query({{"A", {"01", "[a]"}, ""}}));
    CHECK_FALSE(fits_query({{"A", {"01"}, ""}, {"B", {"a]b"}, ""}}));
}

TEST_CASE("an answer that more was asked for than is given at once is known in each form it has", "[decode]")
{
    CHECK(is_pxweb_limit(R"({"type":"Parameter error","title":"Too many cells selected","status":400})"));
    CHECK(is_pxweb_limit(R"({"error":"Too many values selected"})"));
    CHECK(is_pxweb_limit("Too many cells selected"));
    CHECK_FALSE(is_pxweb_limit(R"({"title":"Non-existent value"})"));
    CHECK_FALSE(is_pxweb_limit(R"({"class":"dataset","label":"Too many cells in a honeycomb"})"));
    CHECK_FALSE(is_pxweb_limit(""));
}

TEST_CASE("real descriptions and error bodies are read", "[decode]")
{
    const auto description = test::reference("samples/pxweb/ssb-real/v2-tables-05810.en.json");
    const auto failure = test::reference("samples/pxweb/ssb-real/v2-error-400-too-many-cells.json");
    const auto old_failure = test::reference("samples/pxweb/ssb-real/v1-error-403-too-many-values.json");
    if (!description || !failure || !old_failure)
        return;
    const auto table = decode_pxweb_table(test::read_file(*description));
    CHECK(table.id == "05810");
    CHECK(table.updated == "2025-02-25T07:00:00Z");
    CHECK(decode_pxweb_error(test::read_file(*failure)) == "Too many cells selected");
    CHECK(decode_pxweb_error(test::read_file(*old_failure)) == "Too many values selected");
}

TEST_CASE("real lists, limits, codelists and descriptions of three servers are read", "[decode]")
{
    const auto folder = test::reference("samples/pxweb");
    if (!folder)
        return;
    const auto bytes = [&](const char* name) { return test::read_file(*folder / name); };
    const auto norway = decode_pxweb_tables(bytes("ssb-real/v2-tables.pagesize3.en.json"));
    const auto regions = decode_pxweb_codelist(bytes("ssb-real/v2-codelists-agg_KommFylker.excerpt.json"));
    const auto distances = decode_pxweb_v1_metadata(bytes("ssb-real/v1-05300.metadata.json"));

    REQUIRE(norway.tables.size() == 3);
    CHECK(norway.tables[0].id == "13760");
    CHECK(norway.tables[0].updated == "2025-10-23T06:00:00Z");
    CHECK(norway.tables[0].time_unit == "Monthly");
    CHECK(norway.pages == 1293);
    for (const auto* list : {"scb-v2-recorded/tables.json", "scb-v2-recorded/search.json",
                             "pxweb2-server/expected-ListAllTables.json"}) {
        INFO(list);
        CHECK_FALSE(decode_pxweb_tables(bytes(list)).tables.empty());
    }
    CHECK(decode_pxweb_config(bytes("ssb-real/v2-config.2026-08-30.json"))->cells_max == 800'000);
    CHECK(decode_pxweb_config(bytes("ssb-real/v1-config.ssb.json"))->cells_max == 800'000);
    CHECK(decode_pxweb_config(bytes("scb-v2-recorded/config.json"))->cells_max == 150'000);
    CHECK(decode_pxweb_config(bytes("pxweb2-server/expected-GetApiConfiguration.json"))->cells_max == 10'000);
    CHECK_FALSE(regions.empty());
    CHECK(decode_pxweb_codelist(bytes("scb-v2-recorded/agg_Alder10arJ.json")).front().label == "0-9 år");
    REQUIRE(distances.dimensions.size() >= 3);
    CHECK(distances.dimensions.back().role == Role::time);
    CHECK(is_pxweb_v1_metadata(bytes("ssb-real/v1-05300.metadata.json")));
    CHECK(is_pxweb_v1_metadata(bytes("ssb-real/v1-13861.metadata.json")));
    CHECK_FALSE(is_pxweb_v1_metadata(bytes("ssb-real/v1-05300.data.json-stat2.json")));
    CHECK_FALSE(is_pxweb_v1_metadata(bytes("ssb-real/v1-error-400-parameter-error.json")));
}

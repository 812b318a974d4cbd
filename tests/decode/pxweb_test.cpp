#include "decode/pxweb.hpp"

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
    CHECK_THROWS_WITH(decode_pxweb_table(std::string(2'000'000, ' ')), "2000000 bytes; at most 1048576 are read");
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

TEST_CASE("a web page is known by its type or its first sign", "[decode]")
{
    CHECK(is_html("text/html", ""));
    CHECK(is_html("application/json", "\n <!DOCTYPE html>"));
    CHECK_FALSE(is_html("application/json", "{\"a\":\"<b>\"}"));
    CHECK_FALSE(is_html("", ""));
}

TEST_CASE("a selection is written for GET and for POST", "[decode]")
{
    const PxwebSelection selection = {{"Alder", {"80+", "x,y"}}, {"År", {"range(2018,2020)", "top(1)"}}};
    CHECK(pxweb_query(selection) == "valueCodes%5BAlder%5D=80%2B,%5Bx%2Cy%5D&valueCodes%5B%C3%85r%5D="
                                    "%5Brange%282018%2C2020%29%5D,top%281%29");
    CHECK(pxweb_query_body(selection) == R"~({"selection":[{"variableCode":"Alder","valueCodes":["80+","x,y"]},)~"
                                         R"~({"variableCode":"År","valueCodes":["range(2018,2020)","top(1)"]}]})~");
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

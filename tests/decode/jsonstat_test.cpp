#include "decode/jsonstat/jsonstat.hpp"

#include "base/error.hpp"
#include "tests/decode/small_dataset.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using skurd::test::altered;
using skurd::test::small_dataset;

namespace {

/// A cell as "12.50", "null", "null ..", "absent", "7 *".
std::string shown(const Cube& cube, const Cell& cell)
{
    const auto number = cell.number();
    std::string text = number ? number->text() : cell.state == Cell::State::absent ? "absent" : "null";
    return cell.symbol == 0 ? text : text + " " + cube.symbols[cell.symbol];
}

std::vector<std::string> cells_of(const std::string& json)
{
    const auto cubes = decode_jsonstat(json);
    REQUIRE(cubes.size() == 1);
    std::vector<std::string> cells;
    for (const auto& cell : cubes.front().cells)
        cells.push_back(shown(cubes.front(), cell));
    return cells;
}

std::vector<std::string> codes_of(const Dimension& dimension)
{
    std::vector<std::string> codes;
    for (const auto& category : dimension.categories)
        codes.push_back(category.code);
    return codes;
}

using Cells = std::vector<std::string>;

constexpr auto value_part = R"("value": [12.50, 7, -0.3, null])";
constexpr auto status_part = R"("status": {"3": ".."})";

/// The same where the unit of 2022, every other cell, states so many decimals.
std::string stating(int decimals, std::string json)
{
    const std::string stated = "\"decimals\": 1}}";
    return json.replace(json.find(stated), stated.size(), fmt::format("\"decimals\": {}}}}}", decimals));
}

/// The small dataset with other cells and statuses, and no decimals stated.
std::string with_cells(const std::string& value, const std::string& status)
{
    auto json = stating(0, altered(value_part, value));
    return json.replace(json.find(status_part), std::string(status_part).size(), status);
}

} // namespace

TEST_CASE("a dataset becomes a cube with all that its source says of it")
{
    const auto cubes = decode_jsonstat(small_dataset);
    REQUIRE(cubes.size() == 1);
    const auto& cube = cubes.front();
    CHECK(cube.label == "09999: Høner, etter region og år");
    CHECK(cube.source == "Statistisk byrå");
    CHECK(cube.updated == "2024-02-27T07:00:00Z");
    CHECK(cube.table_id == "09999");
    CHECK(cube.language == "no");
    CHECK_FALSE(cube.discontinued);
    CHECK(cube.notes ==
          std::vector<std::string>{"Tall for høner", "Region: Grenser per 1.1.", "Region 0301: Ny grense"});
    REQUIRE(cube.dimensions.size() == 2);
    const auto& region = cube.dimensions[0];
    CHECK(region.id == "Region");
    CHECK(region.label == "region");
    CHECK(region.role == Role::geo);
    CHECK(region.eliminable == true);
    CHECK(region.categories[0].label == "Oslo");
    const auto& time = cube.dimensions[1];
    CHECK(time.role == Role::time);
    CHECK(time.eliminable == std::nullopt);
    CHECK(time.categories[0].unit == "høner");
    CHECK(time.categories[0].decimals == 1);
    CHECK(time.categories[1].unit.empty());
    CHECK(time.categories[1].decimals == std::nullopt);
}

TEST_CASE("what an index is based on and what codes are of is kept where the source says it")
{
    const auto cubes = decode_jsonstat(R"({"class":"dataset","id":["Kjonn","ContentsCode"],"size":[1,2],"value":[1,2],
        "dimension":{
        "Kjonn":{"link":{"describedby":[{"href":"x"},7,
            {"extension":{"Kjonn":"urn:ssb:classification:klass:2","Annet":"y"}}]},
            "category":{"label":{"1":"Menn"}}},
        "ContentsCode":{"extension":{"basePeriod":{"Kpi":"2015=100","Borte":"1998=100"},"elimination":false},
            "link":{"describedby":[{"extension":{"Kpi":"urn:ssb:conceptvariable:vardok:1"}}],"other":"z"},
            "category":{"index":["Kpi","Vekt"]}}}})");
    const auto& sex = *cubes.at(0).find("Kjonn");
    const auto& contents = *cubes.at(0).find("ContentsCode");

    CHECK(sex.classification == "urn:ssb:classification:klass:2");
    CHECK(contents.classification.empty());
    CHECK(contents.eliminable == false);
    CHECK(contents.categories[0].base == "2015=100");
    CHECK(contents.categories[1].base.empty());
}

TEST_CASE("categories stand in the order of their positions, not of their members")
{
    const auto cubes = decode_jsonstat(small_dataset);
    CHECK(codes_of(cubes.front().dimensions[0]) == Cells{"0301", "0"});
}

TEST_CASE("numbers keep the digits of the source")
{
    CHECK(cells_of(small_dataset) == Cells{"12.50", "7", "-0.3", "null .."});
    CHECK(cells_of(stating(0, altered("[12.50, 7, -0.3, null]", "[0.10, 123456789012345678, 1e3, -5E-2]"))) ==
          Cells{"0.10", "123456789012345678", "1000", "-0.05 .."});
}

TEST_CASE("a number of any length is read as its own text says")
{
    const std::string digits = "9182736450918273645";
    for (std::size_t whole = 0; whole <= 10; ++whole)
        for (std::size_t decimals = 0; decimals <= 9; ++decimals)
            for (const std::string sign : {"", "-"})
                for (const std::string after : {"", " ", "\n"}) {
                    const auto number = sign + (whole == 0 ? "0" : digits.substr(0, whole)) +
                                        (decimals == 0 ? "" : "." + digits.substr(whole, decimals));
                    INFO("'" << number << after << "'");
                    const auto text = Decimal::parse(number)->text();
                    const auto dense = cells_of(stating(
                        0, altered("12.50, 7, -0.3, null", fmt::format("{0}{1}{0},7,0,{0}{1}{0}", after, number))));
                    const auto sparse = cells_of(
                        with_cells(fmt::format(R"("value": {{"1":{}{}}})", number, after), "\"status\": null"));
                    CHECK(dense == Cells{text, "7", "0", text + " .."});
                    CHECK(sparse == Cells{"absent", text, "absent", "absent"});
                }
}

TEST_CASE("cells and statuses are read in each form that JSON-stat allows")
{
    struct Row {
        std::string value;
        std::string status;
        Cells cells;
    };
    const std::vector<Row> rows = {
        {R"("value": [1,null,3,4])", R"("version": "2.0")", {"1", "null", "3", "4"}},
        {R"("value": [1,null,3,4])", R"("status": null)", {"1", "null", "3", "4"}},
        {R"("value": [1,null,3,4])", R"("status": {})", {"1", "null", "3", "4"}},
        {R"("value": [1,null,3,4])", R"("status": "")", {"1", "null", "3", "4"}},
        {R"("value": [1,null,3,4])", R"("status": "e")", {"1 e", "null e", "3 e", "4 e"}},
        {R"("value": [1,null,3,4])", R"("status": ["e"])", {"1 e", "null e", "3 e", "4 e"}},
        {R"("value": [1,null,3,4])", R"("status": ["", ":", null, "*"])", {"1", "null :", "3", "4 *"}},
        {R"("value": [1,null,3,4])", R"("status": {"3": "*", "1": "."})", {"1", "null .", "3", "4 *"}},
        {R"("value": [1,":",3,".."])", R"("status": "")", {"1", "null :", "3", "null .."}},
        {R"("value": [1,":",3,""])", R"("status": {"1": ":"})", {"1", "null :", "3", "null"}},
        {R"("value": {"2": 3, "0": 1.0})", R"("status": {"3": ":"})", {"1.0", "absent", "3", "null :"}},
        {R"("value": {"1": null, "3": ".."})", R"("status": {})", {"absent", "null", "absent", "null .."}},
        {R"("value": {})", R"("status": {})", {"absent", "absent", "absent", "absent"}},
        {R"("value": ["\u002e", "\"", 3, 4])", R"("status": {})", {"null .", "null \"", "3", "4"}},
    };
    for (const auto& row : rows) {
        INFO(row.value << ", " << row.status);
        const auto cells = cells_of(with_cells(row.value, row.status));
        CHECK(cells == row.cells);
    }
}

TEST_CASE("a description without values has dimensions and no cells")
{
    for (const auto* value : {R"("value": [])", R"("value": null)", R"("vaule": 1)"}) {
        INFO(value);
        const auto cubes = decode_jsonstat(with_cells(value, R"("status": {})"));
        CHECK(cubes.front().cells.empty());
        CHECK(cubes.front().cell_count() == 4);
    }
}

TEST_CASE("a description may be larger than the cells that are read at once")
{
    const auto cubes = decode_jsonstat(with_cells(R"("value": [])", ""
                                                                    R"("status": {})"),
                                       {.cells = 3});
    CHECK(cubes.front().cell_count() == 4);
    CHECK_THROWS_WITH(decode_jsonstat(small_dataset, {.cells = 3}),
                      "JSON-stat rule CUBE_SIZE_OVERFLOW: size multiplies to more than 3 cells");
    CHECK_THROWS_WITH(decode_jsonstat(small_dataset, {.bytes = 10}),
                      Catch::StartsWith("the JSON has ") && Catch::EndsWith("more than the 10 that are read"));
}

TEST_CASE("what real sources send beside the standard is tolerated")
{
    CHECK(cells_of("\xef\xbb\xbf" + small_dataset).size() == 4);
    CHECK(cells_of(" \r\n" + small_dataset + "\n").size() == 4);
    CHECK(cells_of(altered("[2, 2]", R"(["2", "2"])")).size() == 4);
    CHECK(cells_of(altered(R"({"time": ["Tid"], "geo": ["Region"]})", "null")).size() == 4);
    CHECK(cells_of(altered(R"({"time": ["Tid"], "geo": ["Region"]})", R"({"time": null, "geo": "Region"})")).size() ==
          4);
    CHECK(cells_of(altered(R"("class": "dataset",)", "")).size() == 4);
    CHECK(decode_jsonstat(altered(R"("discontinued": null)", R"("discontinued": true)")).front().discontinued);
}

TEST_CASE("a table without cells, as one of its dimensions is empty, is a cube without cells")
{
    const auto cubes = decode_jsonstat(
        R"({"class":"dataset","id":["A"],"size":[0],"dimension":{"A":{"category":{"index":[]}}},"value":[]})");
    CHECK(cubes.front().cells.empty());
    CHECK(cubes.front().cell_count() == 0);
}

TEST_CASE("a lone category needs no index, and no category needs a label")
{
    const auto cubes = decode_jsonstat(R"({"class":"dataset","id":["A","B"],"size":[1,2],"value":[1,2],
        "dimension":{"A":{"category":{"label":{"x":"the only one"}}},"B":{"category":{"index":["p","q"]}}}})");
    const auto& dimensions = cubes.front().dimensions;
    CHECK(dimensions[0].categories[0].code == "x");
    CHECK(dimensions[0].categories[0].label == "the only one");
    CHECK(dimensions[1].categories[1].label == "q");
}

TEST_CASE("a unit is its label, else its base")
{
    const auto unit = [](const std::string& text) {
        const auto cubes = decode_jsonstat(altered(R"({"base": "høner", "decimals": 1})", text));
        return cubes.front().dimensions[1].categories[0];
    };
    CHECK(unit(R"({"label":"antall","base":"x","decimals":null,"symbol":null})").unit == "antall");
    CHECK(unit(R"({"label":"antall","decimals":null})").decimals == std::nullopt);
    CHECK(unit(R"({"label":null,"base":"prosent"})").unit == "prosent");
    CHECK(unit("{}").unit.empty());
}

TEST_CASE("JSON-stat 1.x keeps id, size and role under dimension, in a wrapper or a bundle")
{
    const std::string dimension =
        R"("dimension":{"id":["A","tid"],"size":[1,2],"role":{"time":["tid"]},
           "A":{"category":{"label":{"x":"X"}}},"tid":{"category":{"index":{"2016":1,"2015":0}}}})";
    const auto wrapped = decode_jsonstat(R"({"dataset":{"status":{"1":".."},"value":[5,null],)" + dimension + "}}");
    REQUIRE(wrapped.size() == 1);
    CHECK(codes_of(wrapped.front().dimensions[1]) == Cells{"2015", "2016"});
    CHECK(wrapped.front().dimensions[1].role == Role::time);
    CHECK(shown(wrapped.front(), wrapped.front().cells[1]) == "null ..");

    const auto bundle = decode_jsonstat(R"({"oecd":{"value":[5,6],)" + dimension + R"(},"version":"1.0","canada":{)" +
                                        dimension + R"(,"label":"Canada","value":{"0":7}}})");
    REQUIRE(bundle.size() == 2);
    CHECK(bundle[0].label == "oecd");
    CHECK(bundle[1].label == "Canada");
    CHECK(shown(bundle[0], bundle[0].cells[1]) == "6");
    CHECK(shown(bundle[1], bundle[1].cells[0]) == "7");
    CHECK(shown(bundle[1], bundle[1].cells[1]) == "absent");
}

TEST_CASE("a dimension may be called id, size or role")
{
    const auto cubes = decode_jsonstat(R"({"class":"dataset","id":["id","role"],"size":[1,2],"value":[1,2],
        "dimension":{"id":{"category":{"index":["a"]}},"role":{"category":{"index":["b","c"]}}}})");
    CHECK(codes_of(cubes.front().dimensions[1]) == Cells{"b", "c"});
}

TEST_CASE("member names and codes may be written with escapes")
{
    const auto cubes = decode_jsonstat(altered(R"("0301": 0)", R"("\u0030301": 0)"));
    CHECK(codes_of(cubes.front().dimensions[0]) == Cells{"0301", "0"});
}

TEST_CASE("a number has the decimals that its unit states, where it has fewer")
{
    const auto in = [](const std::string& value) { return cells_of(altered("[12.50, 7, -0.3, null]", value)); };
    CHECK(in("[4, 4, 4.25, 0]") == Cells{"4.0", "4", "4.25", "0 .."}); // the unit is that of 2022, every other cell
    CHECK(in("[-7, null, 999999999999999999, 1]") == Cells{"-7.0", "null", "999999999999999999", "1 .."});
    CHECK(in("[99999999999999999, 0, 0.0, 1]") == Cells{"99999999999999999.0", "0", "0.0", "1 .."});
}

TEST_CASE("a role that names no dimension is passed over with a note")
{
    const auto cube = decode_jsonstat(altered(R"("geo": ["Region"])", R"("geo": ["Fylke"])")).front();
    CHECK(cube.dimensions[0].role == Role::none);
    CHECK(cube.dimensions[1].role == Role::time);
    CHECK(cube.notes.back() == "the role geo names 'Fylke', which is no dimension: passed over");
}

TEST_CASE("a dataset's time of update is had without its cells")
{
    CHECK(jsonstat_updated(small_dataset) == "2024-02-27T07:00:00Z");
    CHECK(jsonstat_updated("{\"dataset\": " + small_dataset + "}") == "2024-02-27T07:00:00Z");
    CHECK(jsonstat_updated(altered(R"("updated": "2024-02-27T07:00:00Z", )", "")).empty());
    CHECK(jsonstat_updated("{\"error\": \"no\"}").empty());
    CHECK(jsonstat_updated(small_dataset.substr(0, 200)).empty());
    CHECK(jsonstat_updated("<html>").empty());
}

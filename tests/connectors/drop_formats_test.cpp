// The table "What each format can say" of connectors/drop/README.md, held against what files of each format decode
// to.
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "tests/connectors/drop_layout.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <map>

using namespace skurd;
using namespace skurd::test;

namespace {

const std::string place = "periods = '^\\d{4}$'\npercent = 'percent'\nflags = {p = 'provisional'}\n"
                          "missing = {':' = 'confidential'}\nseries = [{column = 'Nr', label = 'Navn'}]\n";

/// One table in every format that is read by a layout: a code with a zero before it, zeros at the end, a flag, a
/// mark.
const std::vector<std::vector<std::string>> rows = {
    {"Nr", "Navn", "2016", "2017"}, {"0301", "Oslo", "1,50 p", ":"}, {"1103", "Stavanger", "2,50", "3,50"}};
/// The same as numbers of a sheet.
const std::vector<std::vector<std::string>> numbers = {{"Nr", "Navn", "2016", "2017"},
                                                       {"#0301", "Oslo", "#1.50", "%0.5"}};

const std::string px = R"(CHARSET="ANSI";
MATRIX="T1";
CONTENTS="Bosatte";
LAST-UPDATED="20240101 08:00";
UNITS="personer";
BASEPERIOD="2015=100";
DECIMALS=2;
SHOWDECIMALS=1;
STUB="Nr";
HEADING="Tid";
VALUES("Nr")="Oslo";
CODES("Nr")="0301";
VALUES("Tid")="20161","20162";
TIMEVAL("Tid")=TLIST(Q1),"20161","20162";
NOTE="Merk.";
DATA=1.50 "..";
)";

const std::string json = R"({"class":"dataset","version":"2.0","id":["Nr","Tid"],"size":[1,2],
"role":{"time":["Tid"],"metric":["Nr"]},"note":["Merk."],"updated":"2024-01-01T08:00:00Z",
"dimension":{"Nr":{"category":{"index":["0301"],"label":{"0301":"Oslo"},
"unit":{"0301":{"base":"personer","decimals":1}}},"extension":{"basePeriod":{"0301":"2015=100"}}},
"Tid":{"category":{"index":["2016","2017"]}}},"value":[1.50,null],"status":["p",":"]})";

std::string csv_text(char separator)
{
    std::string text;
    for (const auto& row : rows)
        text += join(row, std::string(1, separator)) + "\n";
    return text;
}

Cube cube_of(const std::string& toml, const std::string& bytes)
{
    return decode_table(bytes, layout_from(toml)).cube;
}

/// format -> a file of it, with texts only where it is read by a layout.
std::map<std::string, Cube> cubes()
{
    std::map<std::string, Cube> all;
    all["csv"] = cube_of(place, csv_text(';'));
    all["tsv"] = cube_of(place, csv_text('\t'));
    all["xlsx"] = cube_of(place, xlsx({{"Tabell", rows}}));
    all["ods"] = cube_of(place, ods({{"Tabell", rows}}));
    all["px"] = cube_of("format = 'px'\n", px);
    all["json-stat"] = cube_of("format = 'jsonstat'\n", json);
    return all;
}

/// A row of the table in the README: its cells by format.
std::map<std::string, std::string> row_of(const std::string& what)
{
    const auto readme = read_file(SKURD_SOURCE_DIR "/connectors/drop/README.md");
    const auto title = readme.find("## What each format can say");
    const auto begin = readme.find("\n| " + what + " |", title);
    REQUIRE(title != std::string::npos);
    INFO(what);
    REQUIRE(begin != std::string::npos);
    const auto cells =
        split(std::string_view(readme).substr(begin + 1, readme.find('\n', begin + 1) - begin - 1), '|');
    REQUIRE(cells.size() == 9);
    std::map<std::string, std::string> row;
    const char* formats[] = {"csv", "xlsx", "ods", "xls", "px", "json-stat"};
    for (std::size_t i = 0; i < std::size(formats); ++i)
        row[formats[i]] = trim(cells[i + 2]);
    row["tsv"] = row["csv"];
    return row;
}

bool says(const std::map<std::string, std::string>& row, const std::string& format)
{
    const auto& cell = row.at(format);
    return cell != "no" && cell.find("not used") == std::string::npos;
}

const Category& first_category(const Cube& cube)
{
    return cube.dimensions.front().categories.front();
}

const Dimension& codes_of(const Cube& cube)
{
    const auto* found = cube.find("Nr");
    REQUIRE(found);
    return *found;
}

} // namespace

TEST_CASE("what each format can say is as the table of it says", "[formats]")
{
    for (const auto& [format, cube] : cubes()) {
        INFO(format);
        CHECK(says(row_of("leading zeros of codes"), format) == (codes_of(cube).categories.front().code == "0301"));
        CHECK(says(row_of("labels of codes"), format) == (codes_of(cube).categories.front().label == "Oslo"));
        CHECK(says(row_of("decimals stated"), format) == first_category(cube).decimals.has_value());
        CHECK(says(row_of("notes of the table"), format) == (cube.notes == std::vector<std::string>{"Merk."}));
        CHECK(says(row_of("base period"), format) == (first_category(cube).base == "2015=100"));
        CHECK(says(row_of("status beside a number"), format) == (cube.cells.front().symbol != 0));
        CHECK(says(row_of("why a number is missing"), format) == (cube.cells.at(1).symbol != 0));
        CHECK(cube.cells.front().has_number());
        CHECK(!cube.cells.at(1).has_number());
        CHECK(says(row_of("which dimension is time"), format) == (cube.dimensions.back().role == Role::time));
        CHECK((row_of("where things are").at(format) == "file") == (format == "px" || format == "json-stat"));
        const auto number = cube.cells.front().number()->text();
        CHECK(number ==
              (row_of("zeros at the end of numbers").at(format) == "up to the decimals stated" ? "1.5" : "1.50"));
    }
}

TEST_CASE("what numbers of a sheet say less, or more, than texts is as the table of formats says", "[formats]")
{
    for (const auto& [format, bytes] :
         {std::pair("xlsx", xlsx({{"Tabell", numbers}})), std::pair("ods", ods({{"Tabell", numbers}}))}) {
        INFO(format);
        auto layout = layout_from(place);
        layout.unit = "%";
        const auto cube = decode_table(bytes, layout).cube;
        CHECK(row_of("leading zeros of codes").at(format).starts_with("in texts"));
        CHECK(codes_of(cube).categories.front().code == "301");
        CHECK(row_of("zeros at the end of numbers").at(format) == "in texts");
        CHECK(cube.cells.front().number()->text() == "1.5");
        CHECK(row_of("units").at(format) == "as csv, and percent formats");
        CHECK(first_category(cube).unit == "%");
    }
}

TEST_CASE("the unit, the kind of period and the time of publication are said as the table of formats says",
          "[formats]")
{
    const auto all = cubes();
    CHECK(row_of("units").at("px") == "UNITS");
    CHECK(first_category(all.at("px")).unit == "personer");
    CHECK(row_of("units").at("json-stat") == "unit");
    CHECK(first_category(all.at("json-stat")).unit == "personer");
    CHECK(row_of("kind of period").at("px") == "TLIST");
    CHECK(all.at("px").dimensions.back().categories.front().code == "2016Q1");
    CHECK(all.at("px").updated == "20240101 08:00");
    CHECK(all.at("json-stat").updated == "2024-01-01T08:00:00Z");
    const auto row = row_of("when it was published");
    for (const auto& [format, cube] :
         all) // the claim of a dropped file is its job's or its time of change: drop_test
        CHECK((row.at(format) != "no") == !cube.updated.empty());
}

TEST_CASE("a column with the name of a fixed dimension is to say the same in every row", "[formats]")
{
    const std::string keys = "periods = '^\\d{4}$'\nseries = [{column = 'a'}]\n[layout.fixed]\nsex = 'both'\n";
    CHECK(decoded(keys, "a;sex;2016\n1;both;5\n2;;6\n") ==
          "a,sex,Tid,value,status\n1,both,2016,5,\n2,both,2016,6,\n");
    CHECK(
        decoded(keys, "a;sex;2016\n1;both;5\n2;men;6\n") ==
        "line 3, column 'sex': 'men', but [layout.fixed] says that it is 'both' in the whole file: make the column a "
        "[[layout.series]]");
}

TEST_CASE("a row that has something beyond the table's columns alone is refused", "[formats]")
{
    const std::string keys = "header_rows = 0\nperiod_column = 'Tid'\nvalue_column = 'n'\n[layout.fixed]\nx = '0'\n"
                             "[layout.names]\nA = 'Tid'\nB = 'n'\n";
    CHECK(decoded(keys, "2016;1\n;;;4\n").find("field 4 is filled, but the table has 2 columns") !=
          std::string::npos);
}

TEST_CASE("a format that is not read is refused by its name", "[formats]")
{
    const std::string keys = "periods = 'x'\nseries = [{column = 'a'}]\n";
    const auto parts =
        R"(<Relationships><Relationship Id="1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>)";
    CHECK(decoded(keys, zipped({{"xl/workbook.bin", "x"}, {"[Content_Types].xml", "x"}, {"_rels/.rels", parts}})) ==
          "this is a binary workbook of Excel (xlsb), which is not read: save it as xlsx");
    CHECK(decoded(keys + "format = 'csv'\n", px) ==
          "this is a PX file, not a CSV file: say format = 'px', which needs no other key");
    CHECK(decoded("format = 'px'\n", "a;2016\n1;2\n").starts_with("line 1: '=' is to follow a"));
}

TEST_CASE("the dash of a PX file is a true zero, and its dots mean what the layout says", "[formats]")
{
    auto whole = Section::parse(
        "[layout]\nformat = 'px'\nperiod_id = 'Tid'\n[layout.missing]\n'..' = 'confidential'\n", "job.toml");
    auto section = whole.require_table("layout");
    const auto conventions = read_layout(section).conventions;
    CHECK(conventions.symbols.at("-") == Meaning::nil);
    CHECK(conventions.symbols.at("..") == Meaning::confidential);
    CHECK(conventions.time_dimension == "Tid");
    whole.reject_unknown_keys();
}

#include "base/error.hpp"
#include "connectors/ssb/expression.hpp"
#include "connectors/ssb/plan.hpp"
#include "decode/jsonstat.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;

namespace {

Dimension dimension(const std::string& id, Role role, const std::vector<std::string>& codes)
{
    Dimension made;
    made.id = id;
    made.role = role;
    for (const auto& code : codes)
        made.categories.push_back({code, code, "", std::nullopt});
    return made;
}

const Dimension region = dimension("Region", Role::geo, {"0", "0301", "0101", "01", "K-01a", "top(1)"});
const Dimension time_dimension = dimension("Tid", Role::time, {"2019", "2020", "2021", "2022"});

using Positions = std::vector<std::size_t>;

struct Row {
    const Dimension* dimension;
    std::string expression;
    Positions positions;
};

Cube small_table()
{
    Cube cube;
    cube.dimensions = {region, time_dimension};
    cube.dimensions[0].eliminable = true;
    cube.dimensions[1].eliminable = false;
    return cube;
}

} // namespace

TEST_CASE("expressions select what PxWebApi v2 says they do", "[connectors]")
{
    const auto row = GENERATE(values<Row>({
        {&region, "0301", {1}},
        {&region, "k-01A", {4}},
        {&region, "*", {0, 1, 2, 3, 4, 5}},
        {&region, "01*", {2, 3}},
        {&region, "*01", {1, 2, 3}},
        {&region, "*-*", {4}},
        {&region, "03??", {1}},
        {&region, "??", {3}},
        {&region, "9*", {}},
        {&region, "top(1)", {5}}, // a code wins
        {&region, "top(2)", {0, 1}},
        {&region, "TOP(2,1)", {1, 2}},
        {&region, "bottom(2)", {4, 5}},
        {&region, "bottom(2,1)", {3, 4}},
        {&time_dimension, "top(1)", {3}},
        {&time_dimension, "top(2)", {2, 3}},
        {&time_dimension, "top(2,1)", {1, 2}},
        {&time_dimension, "top(99)", {0, 1, 2, 3}},
        {&time_dimension, "top(1,99)", {}},
        {&time_dimension, "top(18446744073709551615,1)", {0, 1, 2}},
        {&time_dimension, "bottom(1)", {0}},
        {&time_dimension, "bottom(3,2)", {2, 3}},
        {&time_dimension, "from(2021)", {2, 3}},
        {&time_dimension, "to(2020)", {0, 1}},
        {&time_dimension, "range(2020,2021)", {1, 2}},
        {&time_dimension, "RANGE(2021,2020)", {1, 2}},
    }));
    CAPTURE(row.expression);
    CHECK(Selectable(*row.dimension).resolve(row.expression) == row.positions);
}

TEST_CASE("what is neither code nor expression is refused by name", "[connectors]")
{
    const Selectable times(time_dimension);
    const Selectable regions(region);
    CHECK_THROWS_WITH(times.resolve("2018"), "there is no code '2018' in Tid (did you mean '2019'?)");
    CHECK_THROWS_WITH(times.resolve("from(1899)"), Catch::StartsWith("there is no code '1899' in Tid"));
    CHECK_THROWS_WITH(times.resolve("range(2019, 2020)"), Catch::StartsWith("there is no code ' 2020' in Tid"));
    CHECK_THROWS_WITH(times.resolve("range(2019)"), "'range(2019)' is not an expression: range takes 2 codes");
    CHECK_THROWS_WITH(times.resolve("from()"), Catch::StartsWith("there is no code '' in Tid"));
    CHECK_THROWS_WITH(times.resolve("top(0)"),
                      "'top(0)' is not an expression: '0' should be a whole number of at least 1");
    CHECK_THROWS_WITH(times.resolve("top(1,2,3)"),
                      "'top(1,2,3)' is not an expression: top takes a count and how many to skip");
    CHECK_THROWS_WITH(times.resolve("top(99999999999999999999)"), Catch::Contains("is not an expression"));
    CHECK_THROWS_WITH(times.resolve("last(2)"), Catch::StartsWith("there is no code 'last(2)' in Tid"));
    CHECK_THROWS_WITH(regions.resolve("0*1"), "'0*1' is not an expression: '*' may stand at the ends only");
    CHECK_THROWS_WITH(Selectable(Dimension{}).resolve("*"), Catch::Contains("lists no codes"));
}

TEST_CASE("nothing is asked for twice, and the answer's codes are known beforehand", "[connectors]")
{
    const auto plan = plan_query(
        "00001", small_table(),
        {{"Region", {"0301", "0301", "03*", "0"}, "j:1"}, {"Tid", {"2022", "top(2)", "from(2021)", "2019"}, "j:2"}});
    const PxwebSelection ask = {{"Region", {"03*", "0"}}, {"Tid", {"top(2)", "2019"}}};
    const PxwebSelection expect = {{"Region", {"0", "0301"}}, {"Tid", {"2019", "2021", "2022"}}};
    CHECK(plan.ask == ask);
    CHECK(plan.expect == expect);
    CHECK(plan.left_out.empty());
}

TEST_CASE("a dimension that can be left out is, and is named; others must be selected", "[connectors]")
{
    const auto plan = plan_query("00001", small_table(), {{"Tid", {"*"}, "j:2"}});
    CHECK(plan.left_out == std::vector<std::string>{"Region"});
    CHECK_THROWS_WITH(
        plan_query("00001", small_table(), {{"Region", {"*"}, "j:1"}}),
        "j:1: table 00001 cannot be asked without its dimension 'Tid': add Tid = [\"*\"] or some of its 4 "
        "codes to [source.select]");
    CHECK_THROWS_WITH(plan_query("00001", small_table(), {{"Region", {"9*"}, "j:1"}, {"Tid", {"*"}, "j:2"}}),
                      "j:1: table 00001: '9*' selects nothing in Region");
}

TEST_CASE("cells are counted past 64 bits without wrapping around", "[connectors]")
{
    Cube cube;
    std::vector<Wanted> wanted;
    for (int i = 0; i < 8; ++i) {
        std::vector<std::string> codes;
        for (int code = 0; code < 1000; ++code)
            codes.push_back(std::to_string(code));
        cube.dimensions.push_back(dimension("D" + std::to_string(i), Role::none, codes));
        wanted.push_back({cube.dimensions.back().id, {"*"}, "j:1"});
    }
    CHECK_THROWS_WITH(plan_query("00001", cube, wanted), Catch::Contains("has 18446744073709551615 cells"));
    wanted.resize(1);
    cube.dimensions.resize(1);
    CHECK(plan_query("00001", cube, wanted).expect[0].second.size() == 1000);
}

TEST_CASE("a selection at the limit of cells passes, one above does not", "[connectors]")
{
    std::vector<std::string> codes;
    for (int code = 0; code < 200'001; ++code)
        codes.push_back(std::to_string(code));
    Cube cube;
    cube.dimensions = {dimension("A", Role::none, codes), time_dimension};
    const std::vector<Wanted> most = {{"A", {"top(200000)"}, "j:1"}, {"Tid", {"*"}, "j:2"}};
    const std::vector<Wanted> more = {{"A", {"*"}, "j:1"}, {"Tid", {"*"}, "j:2"}};
    CHECK(plan_query("00001", cube, most).expect[0].second.size() == 200'000);
    CHECK_THROWS_WITH(
        plan_query("00001", cube, more),
        "j:1: the selection in table 00001 has 800004 cells, and SSB answers at most 800000: select less");
}

TEST_CASE("a real table's metadata can be planned against", "[connectors]")
{
    const auto sample = test::reference("samples/pxweb/ssb-real/v2-tables-05810-metadata.en.json");
    if (!sample)
        return;
    const auto metadata = decode_jsonstat(test::read_file(*sample));
    REQUIRE(metadata.size() == 1);
    const auto plan =
        plan_query("05810", metadata[0],
                   {{"Kjonn", {"*"}, "j:1"}, {"ContentsCode", {"Personer"}, "j:2"}, {"Tid", {"top(2)"}, "j:3"}});
    CHECK(plan.left_out == std::vector<std::string>{"Alder"});
    CHECK(plan.expect[0].second == std::vector<std::string>{"0", "2", "1"});
    CHECK(plan.expect[2].second == std::vector<std::string>{"2024", "2025"});
}

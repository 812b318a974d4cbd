#include "connectors/pxweb/plan.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <numeric>
#include <set>

using namespace skurd;

namespace {

using Codes = std::vector<std::string>;

Codes numbers(int count)
{
    Codes codes;
    for (int i = 0; i < count; ++i)
        codes.push_back(std::to_string(i));
    return codes;
}

Dimension dimension(const std::string& id, Role role, const Codes& codes)
{
    Dimension made;
    made.id = id;
    made.role = role;
    made.eliminable = false;
    for (const auto& code : codes)
        made.categories.push_back({code, code, "", std::nullopt});
    return made;
}

Cube small_table()
{
    Cube cube;
    cube.dimensions = {dimension("Region", Role::geo, {"0", "0301", "0101", "01", "K-01a", "top(1)"}),
                       dimension("Tid", Role::time, {"2019", "2020", "2021", "2022"})};
    cube.dimensions[0].eliminable = true;
    return cube;
}

Plan plan(const Cube& cube, const std::vector<Wanted>& wanted, const Codelists& codelists = {})
{
    return plan_query("00001", cube, codelists, wanted);
}

std::uint64_t product(const PxwebSelection& part)
{
    return std::accumulate(part.begin(), part.end(), std::uint64_t(1),
                           [](auto sum, const auto& ask) { return sum * ask.values.size(); });
}

} // namespace

TEST_CASE("a code that is gone is left out where that is allowed, but no period, no end of a range, and not the last",
          "[connectors]")
{
    const auto made = [](const Codes& regions, const Codes& periods, GoneCodes gone) {
        return plan_query("00001", small_table(), {}, {{"Region", regions, "", "j:1"}, {"Tid", periods, "", "j:2"}},
                          gone);
    };
    const auto left = made({"0301", "1103", "0"}, {"2022"}, GoneCodes::leave_out);
    CHECK(left.dimensions[0].gone == Codes{"1103"});
    CHECK(left.dimensions[0].codes == Codes{"0", "0301"});
    CHECK(left.dimensions[0].ask.values == Codes{"0301", "0"});
    CHECK(left.dimensions[1].gone.empty());
    const auto message = Catch::StartsWith("j:1: table 00001: there is no code '1103' in Region");
    CHECK_THROWS_WITH(made({"0301", "1103"}, {"2022"}, GoneCodes::refuse), message);
    CHECK_THROWS_WITH(made({"1103"}, {"2022"}, GoneCodes::leave_out), message);
    CHECK_THROWS_WITH(made({"0301", "from(1103)"}, {"2022"}, GoneCodes::leave_out), message);
    CHECK_THROWS_WITH(made({"0301"}, {"2018", "2022"}, GoneCodes::leave_out),
                      Catch::StartsWith("j:2: table 00001: there is no code '2018' in Tid"));
}

TEST_CASE("the newest are asked for by their codes where the server would take others", "[connectors]")
{
    auto table = small_table();
    const auto asked = [&](const Codes& periods, const TimeSelection& time = {}) {
        return plan_query("00001", table, {}, {{"Region", {"*"}, "", "j:1"}, {"Tid", periods, "", "j:2"}},
                          GoneCodes::refuse, time)
            .dimensions[1]
            .ask.values;
    };
    CHECK(asked({"top(2)"}) == Codes{"top(2)"});
    CHECK(asked({"top(2)"}, {{}, TimeSelection::Marked::by_job}) == Codes{"2021", "2022"});
    CHECK(asked({"20*"}, {{}, TimeSelection::Marked::by_job}) == Codes{"20*"});
    table.dimensions[1] = dimension("Tid", Role::time, {"2022", "2021", "2020", "2019"});
    CHECK(asked({"top(2)", "from(2020)", "2019"}) == Codes{"2022", "2021", "2020", "2019"});
    table.dimensions[1] = dimension("Tid", Role::time, {"2005-06"});
    CHECK_THROWS_WITH(asked({"top(1)"}), Catch::StartsWith("j:2: table 00001: dimension 'Tid': '2005-06' may be"));
    CHECK(asked({"top(1)"}, {{PeriodKind::month, {}}}) == Codes{"top(1)"});
}

TEST_CASE("nothing is asked for twice, and the answer's codes are known beforehand", "[connectors]")
{
    const auto made = plan(small_table(), {{"Region", {"0301", "0301", "03*", "0"}, "", "j:1"},
                                           {"Tid", {"2022", "top(2)", "from(2021)", "2019"}, "", "j:2"}});
    REQUIRE(made.dimensions.size() == 2);
    CHECK(made.dimensions[0].ask.values == Codes{"03*", "0"});
    CHECK(made.dimensions[1].ask.values == Codes{"top(2)", "2019"});
    CHECK(made.dimensions[0].codes == Codes{"0", "0301"});
    CHECK(made.dimensions[1].codes == Codes{"2019", "2021", "2022"});
    CHECK(made.left_out.empty());
    CHECK(made.cells() == 6);
}

TEST_CASE("what two expressions select is asked for once: the second is sent as the codes it adds", "[connectors]")
{
    const auto made = plan(
        small_table(), {{"Region", {"01*", "*01"}, "", "j:1"}, {"Tid", {"top(2)", "from(2020)", "2019"}, "", "j:2"}});
    CHECK(made.dimensions[0].ask.values == Codes{"01*", "0301"});
    CHECK(made.dimensions[1].ask.values == Codes{"top(2)", "2020", "2019"});
    CHECK(made.dimensions[1].codes == Codes{"2019", "2020", "2021", "2022"});
}

TEST_CASE("codes are sent as the table writes them, and alone where letters' case tells them apart", "[connectors]")
{
    const Wanted time{"Tid", {"2022"}, "", "j:2"};
    CHECK(plan(small_table(), {{"Region", {"k-01A"}, "", "j:1"}, time}).dimensions[0].ask.values == Codes{"K-01a"});
    Cube cube;
    cube.dimensions = {dimension("Gruppe", Role::none, {"a", "A", "b"}), small_table().dimensions[1]};
    CHECK(plan(cube, {{"Gruppe", {"a*"}, "", "j:1"}, time}).dimensions[0].ask.values == Codes{"a", "A"});
    CHECK(plan(cube, {{"Gruppe", {"A"}, "", "j:1"}, time}).dimensions[0].codes == Codes{"A"});
}

TEST_CASE("a contents dimension that the server made up may be named, and is not asked for", "[connectors]")
{
    auto cube = small_table();
    cube.dimensions.push_back(dimension("ContentsCode", Role::metric, {"EliminatedValue"}));
    cube.dimensions.back().eliminable = true;
    const auto made = plan(cube, {{"ContentsCode", {"*"}, "", "j:1"}, {"Tid", {"top(2)"}, "", "j:2"}});
    const auto parts = parts_of(made, 100, "00001", "j:1");
    REQUIRE(parts.size() == 1);
    REQUIRE(parts[0].size() == 1);
    CHECK(parts[0][0].dimension == "Tid");
    CHECK(sample_of(made).size() == 1);
}

TEST_CASE("a sample is one code of each dimension, the newest period, and all of one dimension where that is wanted",
          "[connectors]")
{
    const auto made = plan(small_table(), {{"Region", {"0301", "01*"}, "", "j:1"}, {"Tid", {"*"}, "", "j:2"}});
    const auto one = sample_of(made);
    CHECK(one[0].values == Codes{"0301"});
    CHECK(one[1].values == Codes{"2022"});
    CHECK(sample_of(made, "Region")[0].values == Codes{"0301", "0101", "01"});
}

TEST_CASE("a dimension that can be left out is, and is named; others must be selected", "[connectors]")
{
    const Wanted time{"Tid", {"*"}, "", "j:2"};
    CHECK(plan(small_table(), {time}).left_out == Codes{"Region"});
    const auto stated = plan(small_table(), {{"Region", {}, "", "j:1"}, time});
    CHECK(stated.left_out.empty());
    CHECK(stated.dimensions.size() == 1);
    const auto* refusal =
        "table 00001 cannot be asked without its dimension 'Tid': add Tid = [\"*\"] or some of its 4 "
        "codes to [source.select]";
    CHECK_THROWS_WITH(plan(small_table(), {{"Region", {"*"}, "", "j:1"}}), std::string("j:1: ") + refusal);
    CHECK_THROWS_WITH(plan(small_table(), {{"Tid", {}, "", "j:7"}}), std::string("j:7: ") + refusal);
    CHECK_THROWS_WITH(plan(small_table(), {{"Region", {"9*"}, "", "j:1"}, time}),
                      "j:1: table 00001: '9*' selects nothing in Region");
}

TEST_CASE("a label is asked for by its code, a codelist's codes are the list's", "[connectors]")
{
    auto table = small_table();
    table.dimensions[0].categories[1].label = "Oslo";
    const Codelists lists = {{"agg_KommFylker", dimension("", Role::none, {"F-03", "F-31"}).categories}};
    const Wanted time{"Tid", {"2019"}, "", "j:2"};
    const auto by_label = plan(table, {{"Region", {"label(^oslo$)"}, "", "j:1"}, time});
    const auto by_list = plan(table, {{"Region", {"F-*"}, "agg_KommFylker", "j:1"}, time}, lists);

    CHECK(by_label.dimensions[0].ask.values == Codes{"0301"});
    CHECK(by_list.dimensions[0].ask.values == Codes{"F-*"});
    CHECK(by_list.dimensions[0].ask.codelist == "agg_KommFylker");
    CHECK(by_list.dimensions[0].codes == Codes{"F-03", "F-31"});
    CHECK_THROWS_WITH(plan(table, {{"Region", {"0301"}, "agg_KommFylker", "j:1"}, time}, lists),
                      Catch::StartsWith("j:1: table 00001: there is no code '0301' in Region"));
}

TEST_CASE("for v1 everything becomes codes, and codelists its own words", "[connectors]")
{
    const auto made = plan_query_v1(
        "00001", small_table(),
        {{"Region", {"F-03", "F-31", "F-03"}, "agg_KommFylker", "j:1"}, {"Tid", {"from(2021)", "2019"}, "", "j:2"}});
    CHECK(made.dimensions[0].ask.filter == "agg:KommFylker");
    CHECK(made.dimensions[0].ask.values == Codes{"F-03", "F-31"});
    CHECK(made.dimensions[1].ask.filter == "item");
    CHECK(made.dimensions[1].ask.values == Codes{"2019", "2021", "2022"});
    CHECK_THROWS_WITH(plan_query_v1("00001", small_table(), {{"Region", {"F-*"}, "vs_Fylker", "j:1"}}),
                      "j:1: table 00001: 'F-*' cannot be looked up in Region: PxWebApi v1 does not list those of "
                      "vs_Fylker; give its codes");
}

TEST_CASE("values that a v1 server does not list are taken on trust", "[connectors]")
{
    auto table = small_table();
    table.dimensions[0].categories.clear();
    table.dimensions[1].categories.clear();
    const auto made = plan_query_v1("00001", table, {{"Region", {"*"}, "", "j:1"}, {"Tid", {"top(3)"}, "", "j:2"}});
    CHECK(made.dimensions[0].ask.filter == "all");
    CHECK(made.dimensions[1].ask.filter == "top");
    CHECK(made.dimensions[1].ask.values == Codes{"3"});
    CHECK(made.cells() == 150'003);
    CHECK_THROWS_WITH(plan_query_v1("00001", table, {{"Region", {"03*"}, "", "j:1"}}),
                      "j:1: table 00001: '03*' cannot be looked up in Region: the server does not list them, since "
                      "they are too many; give its codes");
}

TEST_CASE("cells are counted past 64 bits without wrapping around", "[connectors]")
{
    Cube cube;
    std::vector<Wanted> wanted;
    for (int i = 0; i < 8; ++i) {
        cube.dimensions.push_back(dimension("D" + std::to_string(i), Role::none, numbers(1000)));
        wanted.push_back({cube.dimensions.back().id, {"*"}, "", "j:1"});
    }
    const auto huge = plan(cube, wanted);
    CHECK(huge.cells() == 18'446'744'073'709'551'615U);
    CHECK_THROWS_WITH(
        parts_of(huge, 800'000, "00001", "j:1"),
        "j:1: the selection in table 00001 has 18446744073709551615 cells, and the server answers at most "
        "800000 at a time: that would take more than 100 requests; select less");
}

TEST_CASE("a selection at the limit of cells is one question, one above is several along its largest dimension",
          "[connectors]")
{
    Cube cube;
    cube.dimensions = {dimension("A", Role::none, numbers(200'001)), small_table().dimensions[1]};
    const Wanted time{"Tid", {"*"}, "", "j:2"};
    const auto most = parts_of(plan(cube, {{"A", {"top(200000)"}, "", "j:1"}, time}), 800'000, "00001", "j:1");
    const auto more = parts_of(plan(cube, {{"A", {"*"}, "", "j:1"}, time}), 800'000, "00001", "j:1");

    REQUIRE(most.size() == 1);
    CHECK(most[0][0].values == Codes{"top(200000)"});
    REQUIRE(more.size() == 2);
    CHECK(more[0][0].values.size() == 200'000);
    CHECK(more[1][0].values == Codes{"200000"});
    CHECK(more[1][1].values == Codes{"*"});
}

TEST_CASE("a selection is cut at a second dimension when one is not enough, and at time last", "[connectors]")
{
    Cube cube;
    cube.dimensions = {dimension("A", Role::none, numbers(4)), dimension("B", Role::none, numbers(5)),
                       dimension("Tid", Role::time, numbers(50))};
    const std::vector<Wanted> wanted = {
        {"A", numbers(4), "", "j"}, {"B", numbers(5), "", "j"}, {"Tid", numbers(50), "", "j"}};
    const auto made = plan(cube, wanted);
    std::set<Codes> times_asked;
    for (const auto& part : parts_of(made, 50, "00001", "j"))
        times_asked.insert(part[2].values);
    const auto parts = parts_of(made, 30, "00001", "j");
    std::set<std::string> cells;
    for (const auto& part : parts) {
        CHECK(product(part) <= 30);
        for (const auto& a : part[0].values)
            for (const auto& b : part[1].values)
                for (const auto& t : part[2].values)
                    CHECK(cells.insert(fmt::format("{},{},{}", a, b, t)).second);
    }

    CHECK(times_asked.size() == 1); // whole: time was not cut
    CHECK(cells.size() == 4UL * 5 * 50);
    CHECK(parts.size() == 40);
}

TEST_CASE("a real table's metadata can be planned against", "[connectors]")
{
    const auto sample = test::reference("samples/pxweb/ssb-real/v2-tables-05810-metadata.en.json");
    if (!sample)
        return;
    const auto metadata = decode_jsonstat(test::read_file(*sample));
    REQUIRE(metadata.size() == 1);
    const auto made = plan_query("05810", metadata[0], {},
                                 {{"Kjonn", {"label(^males)"}, "", "j:1"},
                                  {"ContentsCode", {"Personer"}, "", "j:2"},
                                  {"Tid", {"top(2)"}, "", "j:3"}});
    CHECK(made.left_out == Codes{"Alder"});
    CHECK(made.dimensions[0].codes == Codes{"1"});
    CHECK(made.dimensions[2].codes == Codes{"2024", "2025"});
}

#include "base/error.hpp"
#include "connectors/pxweb/expression.hpp"
#include "tests/support/catch.hpp"

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
const Dimension descending = dimension("Tid", Role::time, {"2022", "2021", "2020", "2019"});
const Dimension mixed = dimension("Tid", Role::time, {"2020", "2022", "2019", "2021"});

using Positions = std::vector<std::size_t>;

struct Row {
    const Dimension* dimension;
    std::string expression;
    Positions positions;
};

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
        {&descending, "top(1)", {0}},
        {&descending, "top(2,1)", {1, 2}},
        {&descending, "bottom(1)", {3}},
        {&descending, "from(2021)", {0, 1}},
        {&descending, "to(2020)", {2, 3}},
        {&descending, "range(2020,2021)", {1, 2}},
        {&mixed, "top(2)", {1, 3}},
        {&mixed, "from(2021)", {1, 3}},
        {&mixed, "*", {0, 1, 2, 3}},
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

TEST_CASE("a category is chosen by the one label that matches", "[connectors]")
{
    auto offence = dimension("Lovbrudd", Role::none, {"6A", "6B", "8A"});
    offence.categories[0].label = "Legemiddelloven";
    offence.categories[1].label = "Ruspåvirket kjøring (straffeloven)";
    offence.categories[2].label = "Å være påvirket, legemiddelloven (2)";
    const Selectable selectable(offence);

    CHECK(selectable.resolve("label(^legemiddellov)") == Positions{0});
    CHECK(selectable.resolve("LABEL(RUSPÅVIRKET KJØRING \\(straffe)") == Positions{1});
    CHECK(selectable.resolve("label(^å være)") == Positions{2});
    CHECK_THROWS_WITH(selectable.resolve("label(legemiddellov)"),
                      "'label(legemiddellov)' must match one label of Lovbrudd and matches 2; they are: 6A "
                      "'Legemiddelloven', 8A 'Å være påvirket, legemiddelloven (2)'");
    CHECK_THROWS_WITH(
        selectable.resolve("label(narkotika)"),
        Catch::StartsWith("'label(narkotika)' must match one label of Lovbrudd and matches none; it has: "
                          "6A 'Legemiddelloven', 6B"));
    CHECK_THROWS_WITH(selectable.resolve("label(()"),
                      Catch::StartsWith("'label(()': '(?i)(' is not a regular expression: "));
}

TEST_CASE("a code that is exactly so wins over one that differs by letters' case", "[connectors]")
{
    const auto groups = dimension("Gruppe", Role::none, {"a", "A", "aB", "AB"});
    const Selectable selectable(groups);
    CHECK(selectable.resolve("a") == Positions{0});
    CHECK(selectable.resolve("A") == Positions{1});
    CHECK(selectable.resolve("AB") == Positions{3});
    CHECK(selectable.has_look_alikes());
    CHECK_FALSE(selectable.lacks("ab"));
    CHECK_THROWS_WITH(selectable.resolve("ab"),
                      "'ab' may be several codes of Gruppe that differ by letters' case alone: aB, AB");
    CHECK_FALSE(Selectable(region).has_look_alikes());
    CHECK(Selectable(region).resolve("k-01A") == Positions{4});
}

#include "normalise/join_cubes.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Dimension dimension(const std::string& id, const std::vector<std::string>& codes)
{
    Dimension made{id, id, Role::none, {}, std::nullopt};
    for (const auto& code : codes)
        made.categories.push_back({code, "label of " + code, "", std::nullopt});
    return made;
}

/// Cells are 100 * (row of a) + (column of b), with `first` added.
Cube part(const std::vector<std::string>& a, const std::vector<std::string>& b, int first)
{
    Cube cube;
    cube.updated = "2025-02-25T07:00:00Z";
    cube.dimensions = {dimension("A", a), dimension("B", b)};
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j)
            cube.cells.push_back(Cell::of(Decimal(first + 100 * static_cast<int>(i) + static_cast<int>(j), 0)));
    return cube;
}

std::int64_t at(const Cube& cube, std::size_t a, std::size_t b)
{
    return cube.cells.at(a * cube.dimensions.at(1).categories.size() + b).mantissa;
}

} // namespace

TEST_CASE("the parts of a split query become the table that one query would have given", "[normalise]")
{
    const auto whole = join_cubes({part({"x", "y"}, {"1", "2"}, 0), part({"z"}, {"1", "2"}, 200)});
    const auto expected = part({"x", "y", "z"}, {"1", "2"}, 0);
    REQUIRE(whole.cells.size() == expected.cells.size());
    for (std::size_t i = 0; i < whole.cells.size(); ++i)
        CHECK(whole.cells[i].mantissa == expected.cells[i].mantissa);
    CHECK(whole.dimensions[0].categories[2].code == "z");
    CHECK(whole.dimensions[0].categories[2].label == "label of z");
}

TEST_CASE("parts may have their dimensions in another order, and what no part has is absent", "[normalise]")
{
    auto turned = part({"2"}, {"z"}, 7); // dimensions A and B change places below
    std::swap(turned.dimensions[0].id, turned.dimensions[1].id);
    const auto whole = join_cubes({part({"x"}, {"1"}, 5), turned});
    REQUIRE(whole.cells.size() == 4);
    CHECK(at(whole, 0, 0) == 5);
    CHECK(at(whole, 1, 1) == 7);
    CHECK(whole.cells[1].state == Cell::State::absent);
    CHECK(whole.cells[2].state == Cell::State::absent);
}

TEST_CASE("symbols of the parts keep their text", "[normalise]")
{
    auto first = part({"x"}, {"1"}, 0);
    first.symbols = {"", "."};
    first.cells[0] = Cell::missing(1);
    auto second = part({"y"}, {"1"}, 0);
    second.symbols = {"", ":", "."};
    second.cells[0] = Cell::missing(2);
    const auto whole = join_cubes({first, second});
    CHECK(whole.symbols.at(whole.cells[0].symbol) == ".");
    CHECK(whole.symbols.at(whole.cells[1].symbol) == ".");
}

TEST_CASE("parts that are not of one piece are refused", "[normalise]")
{
    const auto first = part({"x"}, {"1"}, 0);
    auto later = part({"y"}, {"1"}, 0);
    later.updated = "2025-02-26T07:00:00Z";
    auto renamed = part({"x"}, {"2"}, 0);
    renamed.dimensions[0].categories[0].label = "another";
    auto other = part({"y"}, {"1"}, 0);
    other.dimensions[1].id = "C";
    auto fewer = first;
    fewer.dimensions.pop_back();
    CHECK_THROWS_WITH(join_cubes({first, later}), Catch::Contains("changed between two parts"));
    CHECK_THROWS_WITH(join_cubes({first, renamed}), Catch::Contains("differ in what 'x' of A is"));
    CHECK_THROWS_WITH(join_cubes({first, other}), Catch::Contains("'C' is not in the first"));
    CHECK_THROWS_WITH(join_cubes({first, fewer}), Catch::Contains("other dimensions: 2 and 1"));
    CHECK_THROWS_WITH(join_cubes({first, first}), Catch::Contains("state the same cell"));
    CHECK_THROWS_WITH(join_cubes({}), "nothing was decoded");
}

TEST_CASE("parts that have nothing in common may not multiply to more cells than are allowed", "[normalise]")
{
    const auto first = part({"a", "b"}, {"1", "2"}, 0);
    const auto second = part({"c", "d"}, {"3", "4"}, 0);
    CHECK(join_cubes({first, second}, 16).cells.size() == 16);
    CHECK_THROWS_WITH(join_cubes({first, second}, 15),
                      "the parts multiply to 16 cells, and at most 15 are taken from as many bytes");
}

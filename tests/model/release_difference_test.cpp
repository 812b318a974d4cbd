#include "model/release_difference.hpp"

#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;

namespace {

/// "nr=1 2016: 4.5 -> 4.6", one a line.
std::string text_of(const std::vector<CellDifference>& differences)
{
    std::string text;
    const auto word = [](const std::optional<Value>& value) {
        return value ? StoreFixture::word(*value) : "nothing";
    };
    for (const auto& [codes, period, before, after] : differences) {
        for (const auto& [dimension, code] : codes)
            text += fmt::format("{}={} ", dimension, code);
        text += period.text() + ": " + word(before) + " -> " + word(after) + "\n";
    }
    return text;
}

std::string text_of(const Release& before, const Release& after)
{
    return text_of(difference(before, after));
}

/// A release of dimensions a and b.
Release two_dimensions()
{
    auto release = release_of({"2016"}, {});
    release.dimensions = {{"a", "", Role::none, {{"1", "", "", {}}, {"2", "", "", {}}}, {}},
                          {"b", "", Role::none, {{"x", "", "", {}}, {"y", "", "", {}}, {"z", "", "", {}}}, {}}};
    release.cells = {cell("1"), cell("2"), cell("3"), cell("4"), cell("5"), cell("6")};
    return release;
}

} // namespace

TEST_CASE("releases differ where they say different things of a cell, or one says nothing of it")
{
    const auto before = release_of({"2015", "2016", "2017"},
                                   {{"1", {"4.5", "5", ":"}}, {"2", {"7", "", "8*"}}, {"3", {"1", "", ""}}});
    const auto after = release_of({"2016", "2017", "2018"}, {{"1", {"5.00", "6", "1"}}, {"2", {"missing", "8", ""}}});

    CHECK(text_of(before, before).empty());
    CHECK(text_of(before, after) == "nr=1 2017: : -> 6\n"
                                    "nr=1 2018: nothing -> 1\n"
                                    "nr=2 2016: nothing -> missing\n"
                                    "nr=2 2017: 8* -> 8\n"
                                    "nr=1 2015: 4.5 -> nothing\n"
                                    "nr=2 2015: 7 -> nothing\n"
                                    "nr=3 2015: 1 -> nothing\n");
}

TEST_CASE("dimensions, categories and symbols may stand in any order, labels do not count")
{
    const auto release = two_dimensions();
    auto turned = two_dimensions();
    turned.label = "Another";
    turned.symbols = {Symbol{}, {"*", Meaning::provisional}};
    turned.dimensions = {{"b", "", Role::metric, {{"z", "", "", {}}, {"x", "X", "", {}}, {"y", "", "", {}}}, {}},
                         {"a", "", Role::none, {{"2", "", "", {}}, {"1", "", "", {}}}, {}}};
    turned.cells.clear();
    for (const int number : {6, 3, 4, 1, 5, 2})
        turned.cells.push_back(Cell::of(Decimal(number, 0)));
    auto other = turned;
    other.cells[0] = Cell::of(Decimal(6, 0), 1);

    CHECK(text_of(release, turned).empty());
    CHECK(text_of(turned, release).empty());
    CHECK(text_of(release, other) == "b=z a=2 2016: 6 -> 6*\n");
}

TEST_CASE("releases of different dimensions cannot be compared")
{
    const auto two = two_dimensions();
    auto renamed = two_dimensions();
    renamed.dimensions[1].id = "c";

    CHECK_THROWS_WITH(difference(two, release_of({"2016"}, {{"1", {"1"}}})),
                      Catch::Contains("dimensions before") && Catch::Contains("nothing can be compared"));
    CHECK_THROWS_WITH(difference(two, renamed), Catch::Contains("is on one side only"));
}

#include "query/target.hpp"

#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("a target is an indicator's number, a selector, or every indicator", "[query]")
{
    const QueryFixture here;
    CHECK(std::holds_alternative<EveryIndicator>(read_target("", here.catalogue)));
    CHECK(std::get<const Indicator*>(read_target("10", here.catalogue))->number == 10);
    CHECK(std::get<Selector>(read_target("drop/table{nr=1}", here.catalogue)).text() == "drop/table{nr=1}");
    CHECK(message_of([&] { read_target("11", here.catalogue); }) ==
          "there is no indicator 11 (the catalogue has 9 to 10)");
    CHECK(message_of([&] { read_target("drop/table{", here.catalogue); }) != "");
}

TEST_CASE("what people annotate or correct is one series, and no computed indicator", "[query]")
{
    const QueryFixture here;
    CHECK(read_series("9", here.catalogue, here.store).text() == "drop/table{nr=1}");
    CHECK(message_of([&] { read_series("10", here.catalogue, here.store); }) ==
          "indicator 10 is computed, drop/table{nr=1} + drop/table{nr=2}: name one of its series instead");
}

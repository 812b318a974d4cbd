#include "query/cell_changes.hpp"

#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;

namespace {

/// "1/2017 20>5", a line each; "-" for a cell that is not there.
std::string text_of(const std::vector<CellChange>& changes)
{
    const auto word = [](const std::optional<Value>& value) { return value ? StoreFixture::word(*value) : "-"; };
    std::string text;
    for (const auto& change : changes)
        text += fmt::format("{}/{} {}>{};", change.observation.codes.front().second, change.observation.period.text(),
                            word(change.before), word(change.now));
    return text;
}

} // namespace

TEST_CASE("the cells that read otherwise on two days are those that were revised between them", "[query]")
{
    const QueryFixture here;
    const AsOf then = {at("2018-06-01"), {}};
    CHECK(text_of(cell_changes(here.store, std::nullopt, then, {})) == "1/2017 20>5;");
    CHECK(text_of(cell_changes(here.store, Selector::parse("drop/table{nr=2}"), then, {})) == "");
    CHECK(text_of(cell_changes(here.store, std::nullopt, {}, {})) == "");
}

TEST_CASE("a cell that was not there before is new, and one that is there no more is gone", "[query]")
{
    const QueryFixture here;
    const AsOf before = {at("2017-01-01"), {}};
    const AsOf then = {at("2018-06-01"), {}};
    CHECK(text_of(cell_changes(here.store, Selector::parse("drop/table{nr=1}"), before, then)) ==
          "1/2016 ->10;1/2017 ->20;");
    CHECK(text_of(cell_changes(here.store, Selector::parse("drop/table{nr=1}"), then, before)) ==
          "1/2016 10>-;1/2017 20>-;");
}

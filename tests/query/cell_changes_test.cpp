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

TEST_CASE("changes go on after any of them, and end where that is enough", "[query]")
{
    const QueryFixture here;
    const AsOf before = {at("2017-01-01"), {}};
    const auto all = cell_changes(here.store, std::nullopt, before, {});
    REQUIRE(all.size() == 4);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& last = all[i].observation;
        std::vector<CellChange> rest;
        visit_cell_changes(here.store, std::nullopt, before, {}, CellPlace{last.dataset, last.series, last.period},
                           [&](const CellChange& change) {
                               rest.push_back(change);
                               return true;
                           });
        CHECK(text_of(rest) == text_of({all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end()}));
    }
    std::size_t seen = 0;
    visit_cell_changes(here.store, std::nullopt, before, {}, {}, [&](const CellChange&) { return ++seen < 3; });
    CHECK(seen == 3);
    visit_cell_changes(here.store, std::nullopt, before, {}, CellPlace{"ssb/1", 1, Period::year(2016)},
                       [&](const CellChange&) { return ++seen < 3; });
    CHECK(seen == 3); // of a dataset behind all there are
}

TEST_CASE("only datasets with a publication between two days can read otherwise", "[query]")
{
    const QueryFixture here;
    using Names = std::vector<std::string>;
    const AsOf first = {at("2018-06-01"), {}};
    const AsOf last = {at("2019-06-01"), {}};
    CHECK(datasets_published_between(here.store, first, last) == Names{"drop/table"});
    CHECK(datasets_published_between(here.store, last, first) == Names{"drop/table"}); // and back
    CHECK(datasets_published_between(here.store, first, {}) == Names{"drop/table"});
    CHECK(datasets_published_between(here.store, first, {at("2018-12-31"), {}}).empty());
    CHECK(datasets_published_between(here.store, last, {}).empty());
    CHECK(datasets_published_between(here.store, {at("2018-06-01"), at("2019-01-01")}, first) == Names{"drop/table"});
}

TEST_CASE("why a cell reads otherwise is told in both languages", "[query]")
{
    const QueryFixture here;
    const auto changes = cell_changes(here.store, std::nullopt, {at("2018-06-01"), {}}, {});
    REQUIRE(changes.size() == 1);
    CHECK(change_reason(changes.front(), here.catalogue).en == "revised, no reason given");
    const auto fresh = cell_changes(here.store, std::nullopt, {at("2017-06-01"), {}}, {at("2018-06-01"), {}});
    REQUIRE_FALSE(fresh.empty());
    CHECK(change_reason(fresh.front(), here.catalogue).nb == "nytt tall");
}

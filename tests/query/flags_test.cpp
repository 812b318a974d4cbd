#include "query/flags.hpp"

#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

Catalogue catalogue()
{
    Catalogue made;
    for (const int number : {9, 10}) {
        Indicator indicator;
        indicator.number = number;
        Definition definition;
        definition.id = 1;
        definition.formula = Formula::of(Selector::parse(number == 9 ? "drop/table{nr=1}" : "ssb/1{nr=1}"));
        indicator.definitions = {definition};
        made.indicators.push_back(indicator);
    }
    return made;
}

/// A job `tall` that takes in drop/table, and four flags: 1 threshold/9, 2 threshold/10, 3 frozen/tall, 4
/// frozen/other.
struct Flagged : StoreFixture {
    Flagged()
    {
        const auto accepted = accept(release_of({"2018"}, {{"1", {"5"}}}), "2019-01-01");
        JobStore(store).store_state("tall", {.newest_vintage = accepted.vintage->id});
        raise(FlagKind::threshold, "threshold/9/2018", 9, "2020-01-01");
        raise(FlagKind::threshold, "threshold/10/2018", 10, "2020-01-02");
        raise(FlagKind::frozen, "frozen/tall", 0, "2020-01-03");
        raise(FlagKind::frozen, "frozen/other", 0, "2020-01-04");
    }

    void raise(FlagKind kind, const char* key, int indicator, const char* raised)
    {
        Flag flag;
        flag.kind = kind;
        flag.key = key;
        if (kind == FlagKind::frozen)
            flag.job = flag.key.substr(flag.key.find('/') + 1);
        flag.indicator = indicator;
        flag.raised_at = at(raised);
        FlagStore(store).raise(flag);
    }

    std::vector<std::int64_t> chosen(const FlagFilter& filter) const
    {
        std::vector<std::int64_t> ids;
        for (const auto& flag : chosen_flags(store, catalogue(), filter, false))
            ids.push_back(flag.id);
        return ids;
    }
};

using Ids = std::vector<std::int64_t>;

} // namespace

TEST_CASE("flags are chosen by kind, job, source, indicator and when they were raised", "[query]")
{
    const Flagged here;
    FlagFilter filter;
    CHECK(here.chosen(filter) == Ids{1, 2, 3, 4});
    filter.kind = FlagKind::frozen;
    CHECK(here.chosen(filter) == Ids{3, 4});
    filter.raised_since = at("2020-01-04");
    CHECK(here.chosen(filter) == Ids{4});
    CHECK(here.chosen({.job = "tall"}) == Ids{1, 3});
    CHECK(here.chosen({.job = "other"}) == Ids{4});
    CHECK(here.chosen({.source = "drop"}) == Ids{1, 3});
    CHECK(here.chosen({.source = "ssb"}) == Ids{2});
    CHECK(here.chosen({.source = "ss"}) == Ids{});
    CHECK(here.chosen({.indicator = "10"}) == Ids{2});
    CHECK(message_of([&] { here.chosen({.indicator = "11"}); }) ==
          "there is no indicator 11 (the catalogue has 9 to 10)");
    CHECK(message_of([&] { here.chosen({.place = "0301"}); }).starts_with("no indicator is for '0301'"));
}

TEST_CASE("a flag is found by its number, closed or not", "[query]")
{
    Flagged here;
    auto flag = find_flag(here.store, 2);
    CHECK(flag.key == "threshold/10/2018");
    flag.state = FlagState::closed;
    FlagStore(here.store).change(flag, "closed");
    CHECK(find_flag(here.store, 2).state == FlagState::closed);
    CHECK(message_of([&] { find_flag(here.store, 99); }) == "there is no flag 99 (see `skurd flags --all`)");
}

TEST_CASE("an event has the note and the name that it was given, and not those the flag kept", "[query]")
{
    Flagged here;
    auto flag = find_flag(here.store, 1);
    flag.state = FlagState::acknowledged;
    flag.note = "sett";
    flag.actor = "Kari";
    FlagStore(here.store).change(flag, "acknowledged");
    flag.state = FlagState::closed;
    FlagStore(here.store).change(flag, "closed");
    const auto events = flag_events(here.store, 1);
    REQUIRE(events.size() == 3);
    CHECK(events[1].note == "sett");
    CHECK(events[1].actor == "Kari");
    CHECK(events[2].note == "");
    CHECK(events[2].actor == "");
}

#include "daemon/flag_handlers.hpp"

#include "store/flag_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "view/flag_json.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

/// Four flags, 1 to 4.
struct Flagged : StoreFixture {
    Flagged()
    {
        for (const auto* key : {"threshold/9/2018", "threshold/10/2018", "frozen/tall", "frozen/other"}) {
            Flag flag;
            flag.key = key;
            FlagStore(store).raise(flag);
        }
    }

    std::string answer(const std::vector<std::int64_t>& ids, const char* note = "sett", const char* by = "Kari")
    {
        return message_of([&] { acknowledge_flags(store, {ids, note, by}, {}, at("2020-02-01")); });
    }

    std::size_t open() const
    {
        std::size_t count = 0;
        for (const auto& flag : FlagStore(store).list(Ended::left_out))
            count += flag.state == FlagState::open ? 1 : 0;
        return count;
    }
};

} // namespace

TEST_CASE("several flags are acknowledged at once, or none of them", "[daemon]")
{
    Flagged here;
    CHECK(here.answer({1, 99}) == "there is no flag 99 (see `skurd flags --all`)");
    CHECK(here.open() == 4);
    CHECK(here.answer({1, 2}, " ") != "");
    CHECK(here.answer({1, 2}, "sett", "") != "");
    CHECK(here.open() == 4);
    CHECK(here.answer({2, 1, 2}) == "");
    CHECK(here.open() == 2);
    CHECK(here.answer({3, 1}) == "flag 1 is acknowledged: only an open flag can be acknowledged");
    CHECK(here.open() == 2);
}

TEST_CASE("who acknowledged a flag and why is kept when it is reopened, with what it said then", "[daemon]")
{
    Flagged here;
    here.answer({1}, "  en skrivefeil ");
    auto flag = FlagStore(here.store).list(Ended::included)[0];
    CHECK(flag.note == "en skrivefeil");
    flag.state = FlagState::open;
    flag.note.clear();
    flag.actor.clear();
    flag.text_en = "other numbers";
    FlagStore(here.store).change(flag, "reopened");
    const auto events = FlagStore(here.store).events(1);
    REQUIRE(events.size() == 3);
    CHECK(to_json(events[1]) == Json{{"at", "2020-02-01T00:00:00Z"},
                                     {"event", "acknowledged"},
                                     {"state", "acknowledged"},
                                     {"text_nb", ""},
                                     {"text_en", ""},
                                     {"note", "en skrivefeil"},
                                     {"actor", "Kari"},
                                     {"uid", nullptr},
                                     {"origin", ""}});
    CHECK(events[2].event == "reopened");
    CHECK(events[2].text_en == "other numbers");
    CHECK(FlagStore(here.store).events(99).empty());
}

TEST_CASE("each acknowledgement has the user that gave it, and an earlier one not that of a later one", "[daemon]")
{
    Flagged here;
    acknowledge_flags(here.store, {{1}, "over TCP", "Kari"}, {}, at("2020-02-01"));
    auto flags = FlagStore(here.store).list(Ended::included);
    auto& first = *std::find_if(flags.begin(), flags.end(), [](const Flag& flag) { return flag.id == 1; });
    first.state = FlagState::open;
    FlagStore(here.store).change(first, "reopened");
    acknowledge_flags(here.store, {{1}, "by the socket", "Ola"}, 1001, at("2020-03-01"));
    const auto events = FlagStore(here.store).events(1);
    REQUIRE(events.size() == 4);
    CHECK_FALSE(events[1].uid);
    CHECK(events[3].uid == 1001U);
}

#include "daemon/flag_handlers.hpp"
#include "query/flags.hpp"

#include "evaluate/indicator_flags.hpp"
#include "store/annotation_store.hpp"
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

    std::string answer(const std::vector<std::int64_t>& ids, const char* note = "sett", const char* by = "Kari")
    {
        return message_of([&] { acknowledge_flags(store, {ids, note, by}, at("2020-02-01")); });
    }

    std::size_t open() const
    {
        std::size_t count = 0;
        for (const auto& flag : FlagStore(store).list(false))
            count += flag.state == FlagState::open ? 1 : 0;
        return count;
    }
};

using Ids = std::vector<std::int64_t>;

} // namespace

TEST_CASE("flags are chosen by kind, job, source, indicator and when they were raised")
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
    CHECK(here.chosen({.indicator = 10}) == Ids{2});
}

TEST_CASE("several flags are acknowledged at once, or none of them")
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

TEST_CASE("who acknowledged a flag and why is kept when it is reopened, with what it said then")
{
    Flagged here;
    here.answer({1}, "  en skrivefeil ");
    auto flag = FlagStore(here.store).list(true)[0];
    CHECK(flag.note == "en skrivefeil");
    flag.state = FlagState::open;
    flag.note.clear();
    flag.by.clear();
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
                                     {"by", "Kari"}});
    CHECK(events[2].event == "reopened");
    CHECK(events[2].text_en == "other numbers");
    CHECK(FlagStore(here.store).events(99).empty());
}

TEST_CASE("breaks that are marked and breaks that a source writes of are flagged, and closed when they are gone")
{
    Flagged here;
    const auto breaks = [&] {
        flag_breaks(here.store, catalogue(), here.clock.now());
        std::string text;
        for (const auto& flag : FlagStore(here.store).list(true))
            if (flag.kind == FlagKind::series_break)
                text += flag.key + " " + std::string(to_string(flag.state)) + "; ";
        return text;
    };
    CHECK(breaks() == "");
    auto noted = release_of({"2018"}, {{"1", {"6"}}});
    noted.notes = {"Tidsseriebrudd i 2018."};
    here.accept(noted, "2019-02-01");
    Annotation marked;
    marked.kind = AnnotationKind::series_break;
    marked.period = Period::year(2018);
    marked.text = "nytt skjema";
    marked.person = "Kari";
    const auto id = AnnotationStore(here.store).add(Selector::parse("drop/table{nr=1}"), marked);
    CHECK(breaks() == "break/annotation/1 open; break/drop/table open; ");
    AnnotationStore(here.store).withdraw(id, "feil tabell", "Kari");
    CHECK(breaks() == "break/annotation/1 closed; break/drop/table open; ");
    here.accept(release_of({"2018"}, {{"1", {"7"}}}), "2019-03-01");
    CHECK(breaks() == "break/annotation/1 closed; break/drop/table closed; ");
}

// Lists of what happened here, as they were on a day.
#include "flag/flag_state.hpp"
#include "store/flag_store.hpp"
#include "store/run_store.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/store/store_fixture.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("flags and runs are as they were on a day", "[api]")
{
    StoreFixture store;
    store.clock.set("2020-01-01T12:00:00Z");
    FlagStore flags(store.store);
    Flag flag;
    flag.kind = FlagKind::overdue;
    flag.key = "overdue/tall";
    flag.text_en = "Late";
    flag.text_nb = "Sent";
    flag.id = flags.raise(flag);
    const auto finished = [&](const char* end) {
        Run run;
        run.id = RunStore(store.store).start("tall");
        run.job = "tall";
        run.started_at = store.clock.now();
        store.clock.set(end);
        run.outcome = RunOutcome::nothing_new;
        run.message = "the same";
        run.finished_at = store.clock.now();
        RunStore(store.store).finish(run);
    };
    finished("2020-01-02T12:00:00Z");
    store.clock.set("2020-02-01T12:00:00Z");
    flag.state = FlagState::acknowledged;
    flag.note = "asked";
    flag.actor = "Kari";
    flags.change(flag, to_string(FlagEvent::acknowledged));
    finished("2020-02-02T12:00:00Z");
    store.clock.set("2020-03-01T12:00:00Z");
    flag.state = FlagState::closed;
    flags.change(flag, to_string(FlagEvent::closed));
    const ServedPages here(store.folder.path());
    const auto states = [&](const char* clock, const char* day, const char* which = "open") {
        std::string text;
        const auto answer = here.json("/api/v1/flags", {{clock, day}, {"state", which}});
        for (const auto& one : answer["flags"])
            text += one["state"].get<std::string>() + " " + one["note"].get<std::string>() + " " +
                    one["changed"].get<std::string>().substr(0, 10) + " ";
        return text;
    };
    CHECK(states("known_at", "2019-12-31").empty());
    CHECK(states("known_at", "2020-01-15") == "open  2020-01-01 ");
    CHECK(states("as_of", "2020-01-15") == "open  2020-01-01 ");
    CHECK(states("known_at", "2020-02-15") == "acknowledged asked 2020-02-01 ");
    CHECK(states("known_at", "2020-03-15").empty());
    CHECK(states("known_at", "2020-03-15", "all") == "closed asked 2020-03-01 ");
    CHECK(here.json("/api/v1/flags", {{"state", "all"}})["flags"] ==
          here.json("/api/v1/flags", {{"state", "all"}, {"known_at", "2020-03-15"}})["flags"]);
    const auto id = "/api/v1/flags/" + std::to_string(flag.id);
    CHECK(here.json(id, {{"known_at", "2020-02-15"}})["flag"]["events"].size() == 2);
    CHECK(here.json(id)["flag"]["events"].size() == 3);
    CHECK(here.get(id, {{"known_at", "2019-12-31"}}).status == 404);
    const auto runs = [&](const char* moment) {
        std::string text;
        const auto answer = here.json("/api/v1/runs", {{"known_at", moment}});
        for (const auto& one : answer["runs"])
            text += one["outcome"].get<std::string>() + " " + one["message"].get<std::string>() + ";";
        return text;
    };
    CHECK(runs("2019-12-31").empty());
    CHECK(runs("2020-01-01") == "running ;");
    CHECK(runs("2020-01-15") == "nothing new the same;");
    CHECK(runs("2020-02-01") == "running ;nothing new the same;");
    CHECK(here.json("/api/v1/runs", {{"known_at", "2020-02-15"}})["runs"] == here.json("/api/v1/runs")["runs"]);
}

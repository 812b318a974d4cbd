// What the daemon does each minute so that the store keeps within its bounds.
#include "daemon/store_keeper.hpp"

#include "daemon/sweeps.hpp"
#include "store/engine/statement.hpp"
#include "store/flag_store.hpp"
#include "store/log_state.hpp"
#include "store/run_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/reading_process.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>
#include <unistd.h>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

struct Scene {
    Workspace& workspace()
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n[store]\nwal_limit = 3000000\n");
        if (!made)
            made.emplace(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
        return *made;
    }

    void minute()
    {
        clock.advance(1min);
        Turn turn(made->turns);
        keeper.work(turn);
    }

    /// Some megabytes of commits.
    void fill_log(int commits)
    {
        for (int i = 0; i < commits; ++i)
            Statement(made->store.database(), "INSERT INTO connector_state (job, name, value) VALUES ('x', $1, $2)")
                .run(std::to_string(++filled), std::string(200'000, 'x'));
    }

    std::uintmax_t log() const { return store_log(folder / "state", 0, 0).bytes; }

    std::vector<Flag> flags() const
    {
        auto found = FlagStore(made->store).list(Ended::included);
        std::erase_if(found, [](const Flag& flag) { return flag.kind != FlagKind::reader; });
        return found;
    }

    TempDir folder;
    ManualClock clock{"2026-03-02T08:00:00Z"};
    std::optional<Workspace> made;
    StoreKeeper keeper{workspace()};
    int filled = 0;
};

} // namespace

TEST_CASE("a reader that keeps the log from being emptied is flagged by name, until it is gone", "[daemon]")
{
    Scene here;
    here.fill_log(1);
    ReadingProcess reader(here.folder / "state/skurd.db");
    here.fill_log(24);
    here.minute();
    const auto at_once = here.flags();
    here.minute();
    const auto later = here.flags();
    const bool deferred_at_once = here.made->harvests_deferred;
    here.fill_log(20);
    here.minute();
    const bool deferred = here.made->harvests_deferred;
    const auto same = here.flags();
    const auto pid = reader.pid();
    reader.end();
    here.minute();

    CHECK(at_once.empty()); // it may be gone in a moment
    REQUIRE(later.size() == 1);
    CHECK(later[0].state == FlagState::open);
    CHECK_THAT(later[0].text_en,
               Contains("log has passed 3.0 MB ([store] wal_limit) and cannot be emptied, since process " +
                        std::to_string(pid) + " ("));
    CHECK_THAT(later[0].text_nb, Contains("leser en gammel tilstand"));
    CHECK_FALSE(deferred_at_once);
    CHECK(deferred);
    REQUIRE(same.size() == 1);
    CHECK(same[0].changed_at == later[0].changed_at);
    CHECK_FALSE(here.made->harvests_deferred);
    CHECK(here.log() < 1 << 20);
    REQUIRE(here.flags().size() == 1);
    CHECK(here.flags()[0].state == FlagState::closed);
}

TEST_CASE("while harvests are deferred none begins, and what is due stays owed", "[daemon]")
{
    Scene here;
    write_file(here.folder / "schedules/never.toml",
               "[job]\nconnector = \"drop\"\nschedule = \"0 * * * *\"\ntimezone = \"UTC\"\n[source]\nfiles = "
               "\"x*.csv\"\ndataset = \"x\"\n[layout]\nperiod_column = \"Year\"\nvalue_column = \"Value\"\n"
               "separator = \",\"\n[[layout.series]]\ncolumn = \"Region\"\n");
    REQUIRE(here.made->reload().empty());
    Sweeps sweeps(*here.made);
    here.clock.advance(3h);
    here.made->harvests_deferred = true;
    std::chrono::milliseconds wait{};
    {
        const Turn turn(here.made->turns);
        wait = sweeps.begin(turn, 1min);
    }
    sweeps.stop();
    CHECK(wait == 1min);
    CHECK(here.made->schedule.due(here.clock.now()).size() == 1);
    CHECK(RunStore(here.made->store).list("", 10).empty());
}

TEST_CASE("a log that nobody holds on to is emptied in a minute", "[daemon]")
{
    Scene here;
    {
        const ReadingProcess reader(here.folder / "state/skurd.db");
        here.fill_log(24);
    }
    CHECK(here.log() > 4 << 20);
    here.minute();
    CHECK(here.log() == 0);
    CHECK(here.flags().empty());
}

TEST_CASE("old runs go in a quiet minute", "[daemon]")
{
    Scene here;
    here.made->settings.store.bounds = {1, std::chrono::days(30), std::chrono::days(30)};
    for (int i = 0; i < 3; ++i) {
        Run run;
        run.id = RunStore(here.made->store).start("old");
        run.job = "old";
        run.outcome = RunOutcome::failed;
        run.finished_at = here.clock.now();
        RunStore(here.made->store).finish(run);
    }
    here.minute();
    const auto young = RunStore(here.made->store).list("old", 10).size();
    here.clock.advance(24h * 31);
    here.minute();

    CHECK(young == 3);
    CHECK(RunStore(here.made->store).list("old", 10).size() == 1);
}

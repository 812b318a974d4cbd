#include "run/stored_pace.hpp"
#include "store/pace_store.hpp"
#include "store/store_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("the pace goes on where the last process left it", "[run]")
{
    const TempDir folder;
    ManualClock clock("2026-01-01T10:00:00Z");
    {
        StoreSession store(folder / "state", StoreSession::Access::write, clock);
        Pace pace(1, std::chrono::seconds(60));
        StoredPace stored(store, pace, clock);
        pace.record("data.ssb.no", clock.now());
        stored.store();
    }
    Pace never_ended(1, std::chrono::seconds(60));
    never_ended.record("data.ssb.no", clock.now());
    clock.advance(std::chrono::seconds(20));
    StoreSession store(folder / "state", StoreSession::Access::write, clock);
    Pace pace(1, std::chrono::seconds(60));
    const StoredPace stored(store, pace, clock);
    const auto delay = pace.delay("data.ssb.no", clock.now());
    CHECK(delay >= std::chrono::seconds(40));
    CHECK(delay == never_ended.delay("data.ssb.no", clock.now()));
    CHECK(pace.delay("other.example", clock.now()) == std::chrono::seconds(0));
}

TEST_CASE("nothing is written while no host is called", "[run]")
{
    const TempDir folder;
    ManualClock clock("2026-01-01T10:00:00Z");
    StoreSession store(folder / "state", StoreSession::Access::write, clock);
    Pace pace(1, std::chrono::seconds(60));
    StoredPace stored(store, pace, clock);
    stored.store();
    const auto untouched = PaceStore(store).hosts();
    pace.record("data.ssb.no", clock.now());
    stored.store();
    const auto written = PaceStore(store).hosts();
    CHECK(untouched.empty());
    CHECK(written == std::vector<HostPace>{{"data.ssb.no", {}, {clock.now()}}});
}

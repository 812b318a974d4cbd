// SSB's blackout window, 05:00 to 08:15 in Oslo: nothing is requested in it, whatever the clocks do that night.
#include "store/vintage_store.hpp"
#include "tests/conformance/host.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace skurd;
using namespace skurd::test;

TEST_CASE("in its blackout window SSB is not asked, also on the days the clocks change", "[conformance]")
{
    struct Moment {
        const char* time;
        bool is_blackout;
    };
    const Moment moments[] = {
        {"2025-03-03T03:59:59Z", false}, {"2025-03-03T04:00:00Z", true},  {"2025-03-03T05:30:00Z", true},
        {"2025-03-03T07:14:59Z", true},  {"2025-03-03T07:15:00Z", false}, // winter
        {"2025-03-30T02:59:59Z", false}, {"2025-03-30T03:00:00Z", true},  {"2025-03-30T06:14:59Z", true},
        {"2025-03-30T06:15:00Z", false}, // summer time has begun that night
        {"2025-10-26T03:59:59Z", false}, {"2025-10-26T04:00:00Z", true},  {"2025-10-26T07:14:59Z", true},
        {"2025-10-26T07:15:00Z", false}, // and ended
    };
    const auto& all = subjects();
    const auto ssb = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.name == "ssb"; });
    REQUIRE(ssb != all.end());
    for (const auto& moment : moments) {
        INFO(moment.time);
        SharedClock clock(moment.time);
        const auto source = ssb->start(clock);
        TempDir state;
        Host host(clock, state.path(), settings_for(*source));
        const auto run = host.harvest(job_of(*source));
        CHECK((source->asked() == 0) == moment.is_blackout);
        CHECK((run.message.find("deferred: between 05:00 and 08:15 Europe/Oslo") == 0) == moment.is_blackout);
        CHECK(run.outcome == (moment.is_blackout ? RunOutcome::nothing_new : RunOutcome::new_vintage));
        CHECK(VintageStore(host.store()).list().empty() == moment.is_blackout);
    }
}

#include "fetch/pace.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <optional>
#include <random>

using namespace skurd;
using namespace std::chrono_literals;

namespace {

using Hosts = std::vector<HostPace>;

const Time start = *parse_time("2025-03-03T08:20:00Z");

} // namespace

TEST_CASE("over an hour of calls as fast as allowed, no window holds more than its share", "[fetch]")
{
    Pace pace(25, 60s);
    std::vector<Time> calls;
    for (auto now = start; now < start + 1h;) {
        const auto delay = pace.delay("data.ssb.no", now);
        now += delay;
        if (delay > 0s)
            continue;
        pace.record("data.ssb.no", now);
        calls.push_back(now);
    }
    // A call noted in one second may be at its very end, the 26th later at the very start of its own.
    bool kept = true;
    for (std::size_t i = 25; i < calls.size(); ++i)
        kept = kept && calls[i] - calls[i - 25] > 60s;
    CHECK(kept);
    CHECK(calls.size() == 25UL * 60); // ceil(3600 / 61) windows, the last one cut at the hour
}

TEST_CASE("calls at random times, with a restart in between, keep the pace too", "[fetch]")
{
    std::mt19937_64 random(7);
    std::optional<Pace> pace(std::in_place, 5, 30s);
    std::vector<Time> calls;
    auto now = start;
    for (int i = 0; i < 2000; ++i) {
        now += std::chrono::seconds(random() % 12);
        now += pace->delay("h", now);
        pace->record("h", now);
        calls.push_back(now);
        if (random() % 10 == 0) {
            const auto state = pace->state(now);
            pace.emplace(5, 30s);
            pace->restore(state, now);
        }
    }
    bool kept = true;
    for (std::size_t i = 5; i < calls.size(); ++i)
        kept = kept && calls[i] - calls[i - 5] > 30s;
    CHECK(kept);
}

TEST_CASE("hosts have a pace each", "[fetch]")
{
    Pace pace(1, 60s);
    pace.record("a", start);
    CHECK(pace.delay("a", start) == 61s);
    CHECK(pace.delay("a", start + 61s) == 0s);
    CHECK(pace.delay("b", start) == 0s);
}

TEST_CASE("a host may have a limit of its own, which outlives the process as others do", "[fetch]")
{
    Pace pace(10, 60s);
    pace.limit("slow", {1, 3600s});
    pace.record("slow", start);
    pace.record("other", start);
    Pace restored(10, 60s);
    restored.limit("slow", {1, 3600s});
    restored.restore(pace.state(start + 600s), start + 600s);
    CHECK(pace.delay("slow", start) == 3601s);
    CHECK(pace.delay("other", start) == 0s);
    CHECK(restored.delay("slow", start + 600s) == 3001s);
    CHECK(restored.state(start + 600s) == Hosts{{"slow", {}, {start}}});
}

TEST_CASE("a hold is kept, never shortened, and a day long at most", "[fetch]")
{
    Pace pace(10, 60s);
    pace.hold("a", start + 90s, start);
    pace.hold("a", start + 10s, start);
    pace.hold("b", start + 240h, start);
    CHECK(pace.delay("a", start) == 90s);
    CHECK(pace.delay("a", start + 90s) == 0s);
    CHECK(pace.delay("b", start) == 24h);
}

TEST_CASE("one path of a host is held without its others, across a restart too, and a person lifts it", "[fetch]")
{
    Pace pace(1, 60s);
    pace.hold_path("a", "/x", start + 7200s, start);
    pace.hold_path("b", "/x", start + 240h, start);
    Pace restored(1, 60s);
    restored.restore(pace.state(start), start);
    restored.record("a", start);
    CHECK(restored.path_delay("a", "/x", start) == 7200s);
    CHECK(restored.path_delay("a", "/y", start) == 0s);
    CHECK(restored.path_delay("b", "/x", start) == 24h);
    restored.lift_holds("a");
    CHECK(restored.path_delay("a", "/x", start) == 0s);
    CHECK(restored.delay("a", start) == 61s); // its limit stands
    CHECK(restored.path_delay("b", "/x", start) == 24h);
}

TEST_CASE("the pace is written down for what still counts, and read back", "[fetch]")
{
    Pace pace(2, 60s);
    pace.record("old", start - 61s);
    pace.record("a", start - 5s);
    pace.record("a", start);
    pace.hold("b", start + 30s, start);
    const auto state = pace.state(start);
    CHECK(state == Hosts{{"a", {}, {start - 5s, start}}, {"b", start + 30s, {}}});

    Pace restored(2, 60s);
    restored.restore(state, start);
    CHECK(restored.state(start) == state);
    CHECK(restored.delay("a", start) == 56s);
    CHECK(restored.delay("b", start) == 30s);
}

TEST_CASE("a future memory of calls does no harm", "[fetch]")
{
    Pace pace(1, 60s);
    pace.restore({{"a", {}, {}}, {"c", {}, {*parse_time("2099-01-01T00:00:00Z")}}}, start);
    CHECK(pace.delay("a", start) == 0s);
    CHECK(pace.delay("c", start) == 61s);
}

// From what is seen to fail, look by look, to outages.
#include "notify/outage_watch.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace skurd;
using namespace std::chrono_literals;

namespace {

FoundCause failing(const std::string& job, const std::string& source = "ssb")
{
    return {Concern::failing, source, {"failing/" + job, job, {"feiler", "fails"}}};
}

/// What a store would hold, and what was told.
struct Watched {
    void see(const std::vector<FoundCause>& found, std::chrono::minutes after = 5min)
    {
        now += after;
        const auto changes = watch.see(found, open, now);
        for (auto outage : changes.begun) {
            outage.id = ++last_id;
            told += fmt::format("+{} {}:{}; ", outage.id, outage.about, outage.causes.size());
            open.push_back(outage);
        }
        for (const auto& [id, cause] : changes.joined) {
            const auto there = std::find_if(open.begin(), open.end(),
                                            [&, sought = id](const auto& one) { return one.id == sought; });
            there->causes.push_back(cause);
        }
        for (const auto id : changes.ended) {
            told += fmt::format("-{}; ", id);
            std::erase_if(open, [&](const auto& one) { return one.id == id; });
        }
    }

    OutageWatch watch;
    std::vector<Outage> open;
    std::int64_t last_id = 0;
    Time now = parse_time("2026-03-02T08:00:00Z").value();
    std::string told;
};

} // namespace

TEST_CASE("what fails is one outage from its beginning to its end, and what passes within minutes is none",
          "[notify]")
{
    Watched here;
    here.see({failing("a")});
    here.see({});
    here.see({failing("a")});
    CHECK(here.told.empty());
    here.see({failing("a")});
    CHECK(here.told == "+1 ssb:1; ");
    CHECK(format_time(here.open.at(0).began_at) == "2026-03-02T08:15:00Z"); // when it was first seen
    for (int i = 0; i < 500; ++i)
        here.see({failing("a")});
    here.see({});
    here.see({failing("a")}); // well for a moment
    CHECK(here.told == "+1 ssb:1; ");
    here.see({});
    here.see({});
    CHECK(here.told == "+1 ssb:1; -1; ");
    here.see({failing("a")});
    here.see({failing("a")});
    CHECK(here.told == "+1 ssb:1; -1; +2 ssb:1; ");
}

TEST_CASE("what fails at one source within a day is one outage, which ends when all of it is well", "[notify]")
{
    Watched here;
    here.see({failing("a")});
    here.see({failing("a"), failing("b")}); // the second is not there for long yet, and begins with it
    CHECK(here.told == "+1 ssb:2; ");
    here.see({failing("a"), failing("b"), failing("c")}, 3h);
    here.see({failing("a"), failing("b"), failing("c")});
    CHECK(here.told == "+1 ssb:2; ");
    CHECK(here.open.at(0).causes.size() == 3);
    here.see({failing("c"), failing("x", "fhi")});
    here.see({failing("c"), failing("x", "fhi")});
    CHECK(here.told == "+1 ssb:2; +2 fhi:1; ");
    here.see({failing("c"), failing("x", "fhi"), failing("d")}, 48h);
    here.see({failing("c"), failing("x", "fhi"), failing("d")});
    CHECK(here.told == "+1 ssb:2; +2 fhi:1; +3 ssb:1; "); // one that has failed for days hides no new one
    here.see({failing("c")});
    here.see({failing("c")});
    CHECK(here.told == "+1 ssb:2; +2 fhi:1; +3 ssb:1; -2; -3; ");
}

TEST_CASE("a clock that was ahead, and a restart, delay an outage by minutes and repeat none", "[notify]")
{
    Watched here;
    here.now += 24h * 365;
    here.see({failing("a")});
    here.now -= 24h * 365;
    here.see({failing("a")});
    here.see({failing("a")});
    CHECK(here.told == "+1 ssb:1; ");
    here.watch = OutageWatch();
    here.see({failing("a")});
    here.see({failing("a")});
    CHECK(here.told == "+1 ssb:1; ");
    here.now += 24h * 365;
    here.see({});
    here.now -= 24h * 365;
    here.see({});
    here.see({});
    CHECK(here.told == "+1 ssb:1; -1; ");
}

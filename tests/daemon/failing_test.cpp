// A job whose source goes on to fail, run by run.
#include "base/time_text.hpp"
#include "daemon/workspace.hpp"
#include "store/flag_store.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <atomic>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;

namespace {

struct Scene {
    explicit Scene(const std::string& schedule = "20 8 * * *")
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n[fetch]\nallow_http = [\"127.0.0.1\"]\n"
                                          "allow_private = [\"127.0.0.1\"]\n");
        write_file(folder / "schedules/web.toml",
                   fmt::format("[job]\nconnector = \"nifu\"\nschedule = \"{}\"\ntimezone = \"UTC\"\n"
                               "[source]\nroute = \"http\"\naddresses = [\"http://127.0.0.1:{}/x\"]\n"
                               "dataset = \"web\"\n[layout]\nperiod_column = \"Year\"\nvalue_column = \"Value\"\n"
                               "decimal = \".\"\nseparator = \",\"\n[[layout.series]]\ncolumn = \"Region\"\n",
                               schedule, source.port()));
    }

    /// So many scheduled runs, an hour between them unless told.
    static void run(Workspace& workspace, ManualClock& clock, int times, std::chrono::seconds gap = 1h)
    {
        RunOptions scheduled;
        scheduled.ordered_by = OrderedBy::schedule;
        for (int i = 0; i < times; ++i) {
            workspace.run(workspace.jobs->find("web"), scheduled, {}, {});
            clock.advance(gap);
        }
    }

    std::atomic<bool> is_down = true;
    sim::HttpServer source{0, [&](const sim::HttpRequest&) {
                               sim::HttpReply reply;
                               reply.status = is_down ? 503 : 200;
                               reply.content_type = "text/csv";
                               reply.body = "Region,Year,Value\n03,2019,1\n03,2020,2\n";
                               return reply;
                           }};
    TempDir folder;
    ManualClock clock{"2026-03-02T08:00:00Z"};
};

std::vector<Flag> failing(const Workspace& workspace)
{
    auto flags = FlagStore(workspace.store).list(Ended::included);
    std::erase_if(flags, [](const Flag& flag) { return flag.kind != FlagKind::failing; });
    return flags;
}

} // namespace

TEST_CASE("a job that fails three times in a row raises one flag, and its first good run closes it", "[daemon]")
{
    Scene here;
    Workspace workspace(find_installation((here.folder / "skurd.toml").string(), (here.folder / "state").string()),
                        here.clock);
    here.clock.set("2026-03-02T08:30:00Z");
    Scene::run(workspace, here.clock, 2);
    CHECK(failing(workspace).empty()); // an outage of an hour is nothing for a person
    Scene::run(workspace, here.clock, 1);
    REQUIRE(failing(workspace).size() == 1);
    CHECK(failing(workspace)[0].state == FlagState::open);
    CHECK(failing(workspace)[0].text_en ==
          "Job web: every try has failed since 2026-03-02T08:20:00Z; skurd goes on trying (see skurd runs web)");

    here.clock.set("2026-03-04T09:00:00Z"); // other due times passed meanwhile
    Scene::run(workspace, here.clock, 5);
    REQUIRE(failing(workspace).size() == 1);
    CHECK(failing(workspace)[0].state == FlagState::open);
    CHECK(failing(workspace)[0].changed_at < here.clock.now() - 24h); // nothing new was said of it

    here.is_down = false;
    Scene::run(workspace, here.clock, 1);
    REQUIRE(failing(workspace).size() == 1);
    CHECK(failing(workspace)[0].state == FlagState::closed);
}

TEST_CASE("a job that is due every minute fails three times in a row too", "[daemon]")
{
    Scene here("* * * * *");
    Workspace workspace(find_installation((here.folder / "skurd.toml").string(), (here.folder / "state").string()),
                        here.clock);
    here.clock.advance(61s);
    Scene::run(workspace, here.clock, 2, 60s);
    CHECK(failing(workspace).empty());
    Scene::run(workspace, here.clock, 1, 60s);
    REQUIRE(failing(workspace).size() == 1);
    here.is_down = false;
    Scene::run(workspace, here.clock, 1, 60s);
    CHECK(failing(workspace)[0].state == FlagState::closed);
}

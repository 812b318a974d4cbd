// A real daemon that tells: what waited for it, and that it lives.
#include "lib/json/json.hpp"
#include "tests/fetch/raw_server.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/installed.hpp"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>

using namespace skurd;
using namespace skurd::test;

namespace {

/// What came, by path.
struct Inbox {
    std::string wait_for(const std::string& path)
    {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [&] { return bodies.contains(path); });
        return bodies[path];
    }

    std::mutex mutex;
    std::condition_variable arrived;
    std::map<std::string, std::string> bodies;
    sim::HttpServer server{0, [this](const sim::HttpRequest& request) {
                               const std::scoped_lock lock(mutex);
                               bodies[request.path] = request.body;
                               arrived.notify_all();
                               return sim::HttpReply{};
                           }};
};

std::string configuration(int port, int heartbeat_port)
{
    return fmt::format(
        "[jobs]\nshipped = false\n[fetch]\nallow_http = [\"127.0.0.1\"]\nallow_private = "
        "[\"127.0.0.1\"]\n[notify]\nsettle_minutes = 0\n[notify.channels.desk]\nkind = \"webhook\"\nurl = "
        "\"http://127.0.0.1:{}/hook\"\n[notify.heartbeat]\nurl = \"http://127.0.0.1:{}/alive\"\n",
        port, heartbeat_port);
}

} // namespace

TEST_CASE("a daemon sends what commands left to tell, and beats its heart", "[flow]")
{
    Inbox inbox;
    const Installed here;
    write_file(here.folder / "skurd.toml", configuration(inbox.server.port(), inbox.server.port()));
    write_file(here.folder / "schedules/tall.toml", tall_job);
    write_file(here.folder / "tall-1.csv", "nr;2018;2019\n1;5;6\n");
    here.out({"drop", (here.folder / "tall-1.csv").string(), "--job", "tall"});
    Running daemon(here.state, here.with_config({"serve"}));
    CHECK(Json::parse(inbox.wait_for("/hook"))["datasets"]["items"][0]["dataset"] == "drop/tall");
    inbox.wait_for("/alive");
    const auto tested = here.run({"notify", "--test", "--json"}); // by the daemon's own order
    CHECK(tested.exit == 0);
    CHECK(Json::parse(tested.out)["messages"][0]["answer"] == "HTTP 200");
    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
    CHECK(here.json({"notify"})["channels"][0]["sent"] == 1);
}

TEST_CASE("a daemon whose receivers hang ends within seconds, and loses nothing", "[flow]")
{
    std::atomic<int> asked = 0;
    const RawServer hanging([&](RawConnection& connection) {
        ++asked;
        asked.notify_all();
        connection.still_there_after(60'000);
    });
    const Installed here;
    write_file(here.folder / "skurd.toml", configuration(hanging.port(), hanging.port()));
    write_file(here.folder / "schedules/tall.toml", tall_job);
    write_file(here.folder / "tall-1.csv", "nr;2018;2019\n1;5;6\n");
    here.out({"drop", (here.folder / "tall-1.csv").string(), "--job", "tall"});
    Running daemon(here.state, here.with_config({"serve"}));
    for (int seen = asked; seen < 2; seen = asked)
        asked.wait(seen);
    const auto told = std::chrono::steady_clock::now();
    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
    CHECK(std::chrono::steady_clock::now() - told < std::chrono::seconds(4));
    const auto left = here.json({"notify"});
    CHECK(left["messages"][0]["state"] == "waiting");
    CHECK(left["messages"][0]["tries"] == 0);
}

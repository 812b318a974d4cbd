// Orders from the command line to the daemon and what becomes of them, with the built program.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/temp_dir.hpp"

#include <chrono>
#include <csignal>
#include <optional>

using namespace skurd::test;
using skurd::Json;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr auto slow_job = R"(
[job]
connector = "exec"
[source]
program = "/bin/sleep"
arguments = ["50"]
)";

/// A daemon with a job that takes a minute, and one for files.
struct Scene : Installed {
    Scene()
    {
        write_file(folder / "skurd.toml", own_jobs_only);
        write_file(folder / "schedules/slow.toml", slow_job);
        write_file(folder / "schedules/tall.toml", tall_job);
        write_file(folder / "tall-1.csv", "nr;2018;2019\n1;5;6\n");
        start();
    }

    void start()
    {
        daemon.emplace(state, with_config({"serve"}));
        REQUIRE(daemon->wait_for("serving 2 jobs"));
    }
    /// Looks, a quarter of a minute at most, until the order is in that state; what is known of it then.
    Json order_once(int id, const std::string& wanted) const
    {
        Json order;
        const auto until = std::chrono::steady_clock::now() + 15s;
        while (std::chrono::steady_clock::now() < until) {
            const auto told = run({"orders", std::to_string(id), "--json"});
            order = Json::parse(told.out, nullptr, false);
            if (told.exit == 0 && order["state"] == wanted)
                return order;
        }
        FAIL("order " << id << " is not " << wanted << ": " << order);
        return order;
    }

    std::optional<Running> daemon;
};

} // namespace

TEST_CASE("a detached order is left to the daemon, listed, and cancelled by its number", "[flow]")
{
    const Scene here;
    const auto given = here.run({"harvest", "slow", "--detach"});
    CHECK(given.out == "order 1; see `skurd orders`\n");
    CHECK(given.exit == 0);
    here.order_once(1, "running");
    CHECK_THAT(here.out({"orders"}), Contains("running") && Contains("harvest slow"));
    const auto cancelled = here.run({"cancel", "1"});
    CHECK(cancelled.exit == 0);
    CHECK_THAT(cancelled.out, Contains("order 1 is told to end"));
    CHECK_THAT(here.order_once(1, "cancelled")["error"].get<std::string>(), Contains("cancelled by "));
    const auto again = here.run({"cancel", "1"});
    CHECK(again.exit == 1);
    CHECK_THAT(again.err, Contains("order 1 has ended already (cancelled)"));
    CHECK(here.run({"cancel", "9"}).exit == 2);
    CHECK(here.run({"orders", "9"}).exit == 2);
}

TEST_CASE("what a detached order came to is told afterwards, with and without a daemon", "[flow]")
{
    Scene here;
    const auto given = here.run({"drop", "tall-1.csv", "--job", "tall", "--detach", "--json"});
    CHECK(Json::parse(given.out) == Json{{"order", 1}});
    const auto order = here.order_once(1, "done");
    CHECK(order["exit"] == 0);
    CHECK(order["result"]["runs"][0]["outcome"] == "new vintage");
    CHECK_THAT(here.out({"orders", "1"}), Contains("order 1: drop tall-1.csv tall\n") && Contains("new vintage"));
    here.daemon->signal(SIGTERM);
    CHECK(here.daemon->wait() == 0);
    CHECK(here.json({"orders", "1"}) == order);
    CHECK_THAT(here.out({"orders"}), Contains("drop tall-1.csv tall"));
    const auto detached = here.run({"harvest", "tall", "--detach"});
    CHECK(detached.exit == 1);
    CHECK_THAT(detached.err, Contains("no daemon runs that an order could be left to"));
}

TEST_CASE("an interrupt cancels the order that a command waits for", "[flow][long]")
{
    const Scene here;
    Running client(here.state, here.with_config({"harvest", "slow"}));
    here.order_once(1, "running");
    client.signal(SIGINT);
    CHECK(client.wait_for("slow: "));
    CHECK(client.wait() == 1);
    CHECK_THAT(here.order_once(1, "cancelled")["error"].get<std::string>(), Contains("cancelled by "));
}

TEST_CASE("the order of a command that is killed is cancelled within five seconds", "[flow]")
{
    const Scene here;
    Running client(here.state, here.with_config({"harvest", "slow"}));
    here.order_once(1, "running");
    const auto began = std::chrono::steady_clock::now();
    client.signal(SIGKILL);
    client.wait();
    CHECK_THAT(here.order_once(1, "cancelled")["error"].get<std::string>(), Contains("its client is gone"));
    CHECK(std::chrono::steady_clock::now() - began < 5s);
}

TEST_CASE("a command whose daemon stops, or is killed, says so", "[flow]")
{
    for (const int signal : {SIGTERM, SIGKILL}) {
        Scene here;
        Running client(here.state, here.with_config({"harvest", "slow"}));
        here.order_once(1, "running");
        here.daemon->signal(signal);
        here.daemon->wait();
        CHECK(client.wait_for(signal == SIGTERM ? "slow: " : "the daemon went away before the order ended"));
        CHECK(client.wait() == 1);
        CHECK_THAT(here.json({"orders", "1"})["error"].get<std::string>(),
                   Contains("the daemon stopped before it ended"));
    }
}

TEST_CASE("a detached order outlives a daemon that is killed, and may be cancelled before the next", "[flow]")
{
    Scene here;
    REQUIRE(here.run({"harvest", "slow", "--detach"}).exit == 0);
    here.order_once(1, "running");
    here.daemon->signal(SIGKILL);
    here.daemon->wait();
    CHECK(here.json({"orders", "1"})["state"] == "queued");
    here.start();
    here.order_once(1, "running");
    here.daemon->signal(SIGTERM);
    CHECK(here.daemon->wait() == 0);
    CHECK(here.json({"orders", "1"})["state"] == "queued"); // a stop is nothing that the order did
    here.start();
    here.order_once(1, "running");
    here.daemon->signal(SIGKILL);
    here.daemon->wait();
    CHECK(here.json({"orders", "1"})["state"] == "failed"); // cut off twice
    here.start();
    REQUIRE(here.run({"harvest", "slow", "--detach"}).exit == 0);
    here.daemon->signal(SIGKILL);
    here.daemon->wait();
    const auto cancelled = here.run({"cancel", "2"});
    CHECK(cancelled.out == "order 2 is cancelled\n");
    here.start();
    CHECK(here.json({"orders", "2"})["state"] == "cancelled");
}

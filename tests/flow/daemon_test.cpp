// The daemon and its one-writer rule, with the built program.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

#include <csignal>

using namespace skurd::test;
using skurd::Json;

namespace {

/// A configuration with one job, and a state folder.
struct Scene : Installed {
    Scene()
    {
        write_file(folder / "skurd.toml", own_jobs_only);
        write_file(folder / "schedules/tall.toml", tall_job);
        write_file(folder / "tall-1.csv", "nr;2018;2019\n1;5;6\n");
    }
};

} // namespace

TEST_CASE("the daemon takes orders of the command line and a second writer is refused", "[flow][long]")
{
    const Scene here;
    Running daemon(here.state, here.with_config({"serve"}));
    REQUIRE(daemon.wait_for("serving 1 jobs"));

    const auto second = here.run({"serve"});
    CHECK(second.exit == 3);
    CHECK(second.err.find("holds the store; wait for it to end, or stop it") != std::string::npos);

    const auto dropped = here.run({"drop", "tall-1.csv", "--job", "tall", "--json"});
    CHECK(dropped.exit == 0);
    CHECK(Json::parse(dropped.out)[0]["outcome"] == "new vintage");
    CHECK(std::filesystem::exists(here.folder / "tall-1.csv"));

    const auto harvested = here.run({"harvest", "tall"});
    CHECK(harvested.exit == 0);
    CHECK(harvested.out.find("no file") != std::string::npos);

    const auto wrong = here.run({"harvest", "tal"});
    CHECK(wrong.exit == 2);
    CHECK(wrong.err == "skurd: there is no job 'tal' (did you mean 'tall'?) (known: tall)\n");

    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
    CHECK_FALSE(std::filesystem::exists(here.state / "skurd.sock"));

    const auto read = here.run({"get", "drop/tall{nr=1}", "--period", "2019", "--json"});
    REQUIRE(read.exit == 0);
    CHECK(Json::parse(read.out)[0]["value"] == "6");
}

TEST_CASE("a socket left by a dead daemon stops nobody", "[flow][long]")
{
    const Scene here;
    {
        Running daemon(here.state, here.with_config({"serve"}));
        REQUIRE(daemon.wait_for("serving 1 jobs"));
        daemon.signal(SIGKILL);
        CHECK(daemon.wait() == 128 + SIGKILL);
    }
    CHECK(std::filesystem::exists(here.state / "skurd.sock"));
    CHECK(here.run({"drop", "tall-1.csv", "--job", "tall"}).exit == 0);
    Running again(here.state, here.with_config({"serve"}));
    CHECK(again.wait_for("serving 1 jobs"));
}

TEST_CASE("a file that the store cannot take stays in the drop folder and is taken once it can", "[flow]")
{
    if (needs_a_file("payloads are rows of the store there, and no folder can be in their way"))
        return;
    const Scene here;
    const auto file = here.state / "drop/tall-1.csv";
    write_file(file, "nr;2018;2019\n1;5;6\n");
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    write_file(here.state / "payloads", "no folder");
    const auto refused = here.run({"harvest", "tall"});
    const bool stays = std::filesystem::exists(file);
    std::filesystem::remove(here.state / "payloads");
    const auto taken = here.run({"harvest", "tall"});

    CHECK(refused.exit == 1);
    CHECK(refused.err.find("/payloads") != std::string::npos);
    CHECK(stays);
    CHECK(taken.exit == 0);
    CHECK(taken.out.find("new vintage") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("signals make the daemon read anew, tell what it is at, and end", "[flow][long]")
{
    const Scene here;
    Running daemon(here.state, here.with_config({"serve"}));
    REQUIRE(daemon.wait_for("serving 1 jobs"));

    daemon.signal(SIGUSR1);
    CHECK(daemon.wait_for("at work: nothing"));
    write_file(here.folder / "schedules/wrong.toml", "[job\n");
    daemon.signal(SIGHUP);
    CHECK(daemon.wait_for("wrong.toml:"));
    write_file(here.folder / "schedules/wrong.toml", tall_job);
    daemon.signal(SIGHUP);
    CHECK(daemon.wait_for("read anew: 2 jobs"));
    CHECK(here.run({"harvest", "wrong"}).exit == 0); // the daemon knows it now
    daemon.signal(SIGUSR2);
    CHECK(daemon.wait_for("details from now on"));
    daemon.signal(SIGUSR2);
    CHECK(daemon.wait_for("no details any more"));
    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
}

// Is all well? The built program, its exit code and its first line.
#include "lib/json/json.hpp"
#include "store/due_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/store_engine.hpp"

#include <csignal>
#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
schedule = "20 8 * * *"
[source]
files = "tall-*.csv"
published = "2020-01-02"
[layout]
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

constexpr auto indicators = R"(
[part]
id = "mine"
nb = "Egne tall"
en = "Our numbers"
[[indicator]]
number = 1
label = { nb = "Tall", en = "Number" }
type = "effect"
kind = "number"
unit = ""
direction = "neutral"
baseline = "2018"
source = "us"
[[indicator.definition]]
from = "1900-01-01"
earlier_values = "read"
formula = "drop/tall{nr=1}"
[[set]]
number = 1
title = { nb = "Egne indikatorer", en = "Our indicators" }
baseline = "2018"
parts = ["mine"]
)";

/// An installation with a job that is scheduled and an indicator, and a harvested file.
struct Watched : Installed {
    Watched()
    {
        write_file(folder / "skurd.toml", own_only);
        write_file(folder / "schedules/tall.toml", job);
        write_file(folder / "indicators/ours.toml", indicators);
        write_file(folder / "tall-1.csv", "nr;2018;2019\n1;5;6\n");
        const auto dropped = run({"drop", "tall-1.csv", "--job", "tall"});
        INFO(dropped.out << dropped.err);
        REQUIRE(dropped.exit == 0);
        run({"flags", "ack", "--all", "--note", "seen"});
    }

    Ended status() const { return run({"status"}); }
    Json facts() const { return Json::parse(run({"status", "--json"}).out); }
    std::string first_line() const
    {
        const auto told = status();
        CHECK(told.exit == 1);
        return told.out.substr(0, told.out.find('\n'));
    }
};

/// The same with the daemon alive.
struct Alive : Watched {
    Running daemon{state, with_config({"serve"})};

    Alive() { REQUIRE(daemon.wait_for("serving 1 jobs")); }
};

} // namespace

TEST_CASE("all is well while the daemon is alive, and status says so first", "[flow]")
{
    const Alive here;
    const auto told = here.status();
    CHECK(told.exit == 0);
    CHECK_THAT(told.out, StartsWith("all is well\n"));
    const auto facts = here.facts();
    CHECK(facts["ok"] == true);
    CHECK(facts["to_do"].is_null());
    CHECK(facts["daemon"]["alive"] == true);
    CHECK(facts["daemon"]["configuration"] == facts["daemon"]["configuration_on_disk"]);
    CHECK(facts["room"][0]["needed_bytes"] > 0);
    CHECK(facts["jobs"][0]["job"] == "tall");
}

TEST_CASE("no daemon alive is told first, also where its socket was left behind", "[flow]")
{
    if (needs_a_file("a daemon that was killed counts as alive there until its 90 seconds are over"))
        return;
    Alive here;
    here.daemon.signal(SIGKILL);
    CHECK(here.daemon.wait() == 128 + SIGKILL);
    CHECK(std::filesystem::exists(here.state / "skurd.sock"));
    CHECK(here.first_line() == "wrong: no daemon is alive, and 1 jobs are scheduled: systemctl start skurd, or run "
                               "`skurd serve`");
    CHECK(here.facts()["daemon"]["alive"] == false);
}

TEST_CASE("a configuration, job or catalogue that was changed under the daemon is told", "[flow]")
{
    for (const char* file : {"skurd.toml", "schedules/tall.toml", "indicators/ours.toml"}) {
        INFO(file);
        const Alive here;
        write_file(here.folder / file, read_file(here.folder / file) + "# changed\n");
        CHECK_THAT(here.first_line(), StartsWith("wrong: the daemon (process ") &&
                                          Contains("works with another configuration") &&
                                          Contains("systemctl reload skurd"));
    }
}

TEST_CASE("a job file or a catalogue that is wrong is told with its line, and does not end status", "[flow]")
{
    const Alive here;
    write_file(here.folder / "schedules/more.toml", "[job]\nconnector = 'sbb'\n[source]\n");
    write_file(here.folder / "indicators/more.toml", "[[indicator]]\nnumbre = 1\n");
    write_file(here.folder / "skurd.toml", std::string(own_only) + "[fetch]\nproxi = ''\n");
    CHECK_THAT(here.first_line(), StartsWith("wrong: "));
    const auto wrong = here.facts()["wrong"].dump();
    CHECK_THAT(wrong, Contains("more.toml:2: unknown connector") &&
                          Contains("more.toml:1: the table [part] is missing") && Contains("proxi"));
}

TEST_CASE("a run that is owed for long is late, where a file waits for it", "[flow]")
{
    const Watched here;
    {
        ManualClock clock("2020-01-01");
        StoreSession store(store_of(here.state), StoreSession::Access::write, clock);
        DueStore(store).store("tall", {parse_time("2020-01-01T12:00:00Z").value(), {}, 0});
    }
    CHECK(here.facts()["jobs"][0]["owed_since"].is_null());
    write_file(here.state / "drop/tall-1.csv", "nr;2018\n1;5\n");
    const auto facts = here.facts();
    CHECK(facts["findings"][1]["concern"] == "late");
    CHECK(facts["findings"][1]["text"] == "tall: a run is late, it was due 2020-01-02T07:20:00Z");
    CHECK(facts["jobs"][0]["owed_since"] == "2020-01-02T07:20:00Z");
}

TEST_CASE("a file too large to be read is in quarantine, and told", "[flow]")
{
    const Watched here;
    const auto file = here.state / "drop/tall-big.csv";
    write_file(file, "nr;2018\n");
    std::filesystem::resize_file(file, (64 << 20) + 1);
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    CHECK(here.run({"harvest", "tall"}).exit == 1);
    const auto findings = here.facts()["findings"].dump();
    CHECK_THAT(findings, Contains(R"("concern":"quarantine")") && Contains("tall-big.csv: was refused: "));
}

TEST_CASE("a store that is gone or empty is told with the remedy, and replaced by nobody", "[flow]")
{
    if (needs_a_file("the server tells of a database that is gone, and an empty one is a new store"))
        return;
    const Watched here;
    const auto file = here.state / "skurd.db";
    std::filesystem::rename(file, here.folder / "aside.db");
    CHECK_THAT(here.first_line(), StartsWith("wrong: no store at ") && Contains("Put back a backup"));
    for (const auto& writing :
         {std::vector<std::string>{"harvest", "tall"}, {"serve"}, {"drop", "tall-1.csv", "--job", "tall"}}) {
        const auto refused = here.run(writing);
        CHECK(refused.exit == 1);
        CHECK_THAT(refused.err, Contains("the database is gone. Put back a backup as " + file.string()));
        CHECK_FALSE(std::filesystem::exists(file));
    }
    write_file(file, "");
    CHECK_THAT(here.first_line(), StartsWith("wrong: " + file.string() + ": "));
    const auto refused = here.run({"harvest", "tall"});
    CHECK(refused.exit == 1);
    CHECK_THAT(refused.err, Contains(": is empty, which skurd never leaves it: put back a backup"));
    CHECK(std::filesystem::file_size(file) == 0);
    std::filesystem::rename(here.folder / "aside.db", file);
    CHECK(here.facts()["findings"].size() == 1); // the daemon
}

TEST_CASE("of many findings of one kind the first three are printed, and how many more there are", "[flow]")
{
    const Watched here;
    for (int i = 0; i < 5; ++i)
        write_file(here.folder / fmt::format("schedules/bad-{}.toml", i), "[job]\n");
    const auto told = here.status();
    CHECK_THAT(told.out, Contains("bad-2.toml:1: ") && !Contains("bad-3.toml:1: "));
    CHECK_THAT(told.out, Contains("\nwrong: 2 more of the kind `files`: --json has all\n"));
    CHECK_THAT(here.facts()["wrong"].dump(), Contains("bad-4.toml:1: "));
}

TEST_CASE("status answers while a writer is at work that never ends", "[flow]")
{
    if (needs_a_file("a command that writes counts as a harvester there, which is alive"))
        return;
    const Watched here;
    const SystemClock clock;
    StoreSession store(store_of(here.state), StoreSession::Access::write, clock);
    const StoreSession::Transaction transaction(store);
    DueStore(store).store("tall", {parse_time("2020-01-01T12:00:00Z").value(), {}, 0});
    CHECK_THAT(here.first_line(),
               StartsWith("wrong: no daemon is alive, and 1 jobs are scheduled (a command, process "));
    CHECK(here.facts()["jobs"][0]["owed_since"] != "2020-01-02T07:20:00Z"); // it is not committed
}

TEST_CASE("each line about something wrong is the same in Norwegian, but for the word before it", "[flow]")
{
    const Watched here;
    const auto told = here.run({"status", "--lang", "no"});
    CHECK(told.exit == 1);
    CHECK_THAT(told.out, StartsWith("galt: no daemon is alive, and 1 jobs are scheduled: "));
}

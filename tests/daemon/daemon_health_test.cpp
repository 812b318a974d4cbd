// How the daemon is, asked while it works.
#include "daemon/daemon_health.hpp"

#include "base/error.hpp"
#include "daemon/ask_status.hpp"
#include "daemon/order_queue.hpp"
#include "daemon/reloading.hpp"
#include "serve/metrics.hpp"
#include "tests/order/gated_executor.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"
#include "view/status_json.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

/// A daemon with a job that gets a table from a server, and what is asked of it.
struct HealthScene {
    HealthScene()
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\nspread_minutes = 0\n[fetch]\n"
                                          "allow_http = [\"127.0.0.1\"]\nallow_private = [\"127.0.0.1\"]\n");
        write_file(folder / "schedules/web.toml",
                   fmt::format("[job]\nconnector = \"nifu\"\nschedule = \"20 8 * * *\"\ntimezone = \"UTC\"\n"
                               "[source]\nroute = \"http\"\naddresses = [\"http://127.0.0.1:{}/x\"]\n"
                               "dataset = \"web\"\n[layout]\nperiod_column = \"Year\"\nvalue_column = \"Value\"\n"
                               "decimal = \".\"\nseparator = \",\"\n[[layout.series]]\ncolumn = \"Region\"\n",
                               source.port()));
        workspace.emplace(installation(), clock);
        queue.emplace(folder / "orders", executor, clock);
        health.emplace(*workspace, *queue, pulse);
    }

    Installation installation() const
    {
        return find_installation((folder / "skurd.toml").string(), (folder / "state").string());
    }
    void run()
    {
        RunOptions scheduled;
        scheduled.ordered_by = OrderedBy::schedule;
        workspace->run(workspace->jobs->find("web"), scheduled, {}, {});
    }
    /// Whether another process would be refused the lock that stands on the store as long as somebody has it open.
    bool is_store_locked() const
    {
        const auto file = (folder / "state/skurd.db").string();
        const auto child = ::fork();
        if (child == 0) {
            struct flock wanted {};
            wanted.l_type = F_WRLCK;
            wanted.l_whence = SEEK_SET;
            wanted.l_start = 0x40000002; // SQLite's shared range
            wanted.l_len = 510;
            const int opened = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
            ::_exit(::fcntl(opened, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK ? 1 : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 1;
    }

    sim::HttpServer source{0, [](const sim::HttpRequest&) {
                               sim::HttpReply reply;
                               reply.content_type = "text/csv";
                               reply.body = "Region,Year,Value\n03,2019,1\n03,2020,2\n";
                               return reply;
                           }};
    TempDir folder;
    ManualClock clock{"2026-03-02T08:00:00Z"};
    GatedExecutor executor;
    Pulse pulse;
    std::optional<Workspace> workspace;
    std::optional<OrderQueue> queue;
    std::optional<DaemonHealth> health;
};

} // namespace

TEST_CASE("what runs did is in the numbers, and goes on counting over a reload", "[daemon]")
{
    HealthScene here;
    here.clock.set("2026-03-02T08:30:00Z");
    auto before = here.health->figures();
    REQUIRE(before.jobs.size() == 1);
    CHECK(before.jobs[0].owed_since.has_value());
    CHECK_THAT(metrics_text(before, MetricsFormat::openmetrics),
               Contains("skurd_job_lateness_seconds{job_id=\"web\"} 600\n"));
    here.run();
    {
        const Turn turn(here.workspace->turns);
        CHECK(reload(*here.workspace).empty());
    }
    const auto after = here.health->figures();
    CHECK(after.runs_ended.at(RunOutcome::new_vintage) == 1);
    CHECK(after.fetched.at("127.0.0.1").requests == 1);
    REQUIRE(after.store);
    REQUIRE(after.store->sources.size() == 1);
    CHECK(after.store->sources[0].vintages == 1);
    CHECK(after.store->sources[0].last_confirmed == here.clock.now());
    CHECK(after.store->payloads == 1);
    CHECK(after.store->database_bytes > 0);
    CHECK(after.jobs[0].health.last_success == here.clock.now());
    CHECK_FALSE(after.jobs[0].owed_since);
    CHECK(after.process.resident_bytes > 1'000'000);
    CHECK(after.process.descriptors > 3);
    CHECK(after.store_version > 10);
}

TEST_CASE("all of it is answered while somebody has the store and never gives it back", "[daemon]")
{
    HealthScene here;
    here.run();
    const Turn turn(here.workspace->turns);
    const StoreSession::Transaction writing(here.workspace->store);
    CHECK(here.health->figures().store.has_value());
    CHECK(here.health->status().vintages == 1);
    CHECK(here.health->reasons_not_ready().empty());
    CHECK(here.health->liveness().is_alive());
}

TEST_CASE("the daemon's status is that of the command", "[daemon]")
{
    HealthScene here;
    here.run();
    here.workspace->tell_configuration();
    const auto without_room = [](const Status& status) { // others write to the disk meanwhile
        auto json = to_json(status);
        json.erase("room");
        return json.dump();
    };
    const auto as_command = ask_status(here.installation(), here.clock, StoreFiles::inspected);
    CHECK(without_room(here.health->status()) == without_room(as_command));
    write_file(here.folder / "skurd.toml", "wrong [\n");
    const auto status = here.health->status();
    const auto files = std::find_if(status.findings.begin(), status.findings.end(),
                                    [](const auto& one) { return one.concern == Concern::files; });
    REQUIRE(files != status.findings.end());
    CHECK_THAT(files->text, Contains("skurd.toml:1"));
    CHECK(std::is_sorted(status.findings.begin(), status.findings.end(),
                         [](const auto& a, const auto& b) { return a.concern < b.concern; }));
}

TEST_CASE("asking takes no lock off the store", "[daemon]")
{
    HealthScene here;
    here.run();
    REQUIRE(here.is_store_locked());
    here.health->status();
    here.health->figures();
    here.health->reasons_not_ready();
    CHECK(here.is_store_locked());
}

TEST_CASE("a store that is gone is a reason not to be ready, told without its path", "[daemon]")
{
    HealthScene here;
    std::filesystem::remove(here.folder / "state/skurd.db");
    const auto reasons = here.health->reasons_not_ready();
    REQUIRE(reasons.size() == 1);
    CHECK_THAT(reasons[0], Contains("the store cannot be read"));
    CHECK(reasons[0].find('/') == std::string::npos);
    CHECK_FALSE(here.health->figures().store);
    CHECK(here.health->figures().jobs.size() == 1);
    here.health->is_stopping();
    CHECK(here.health->reasons_not_ready().size() == 2);
}

TEST_CASE("a reload that is refused is in the numbers until one is taken over", "[daemon]")
{
    HealthScene here;
    const auto read_at = here.health->figures().configuration_read_at;
    here.clock.advance(1h);
    const auto good = test::read_file(here.folder / "skurd.toml");
    write_file(here.folder / "skurd.toml", good + "[serve]\nlisten = \"nowhere\"\n");
    const Turn turn(here.workspace->turns);
    CHECK(reload(*here.workspace).size() == 1);
    CHECK_FALSE(here.health->figures().is_last_reload_good);
    CHECK(here.health->figures().configuration_read_at == read_at);
    write_file(here.folder / "skurd.toml", good);
    CHECK(reload(*here.workspace).empty());
    CHECK(here.health->figures().is_last_reload_good);
    CHECK(here.health->figures().configuration_read_at == here.clock.now());
}

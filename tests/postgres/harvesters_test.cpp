// Three harvesters on one store: simulated days of some dozens of jobs against a simulated source, with the clock
// moved by hand, and a harvester killed now and then, also in the middle of a run.
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "daemon/workspace.hpp"
#include "store/engine/statement.hpp"
#include "store/maintenance.hpp"
#include "store/postgres/postgres_database.hpp"
#include "store/run_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t jobs = 60;
constexpr auto file_job = R"([job]
connector = "nifu"
schedule = "{} {} * * *"
[source]
route = "http"
addresses = ["{}/{}.csv"]
dataset = "{}"
[layout]
period_column = "Year"
value_column = "Value"
decimal = "."
separator = ","
[[layout.series]]
column = "Sector"
)";

std::string name_of(std::size_t job)
{
    return fmt::format("job-{:02}", job);
}

/// What is configured in a harvester's folder: all jobs, of files at that address.
void configure(const TempDir& folder, const std::string& files, const std::string& more)
{
    write_file(folder / "skurd.toml", "[jobs]\nshipped = false\nspread_minutes = 0\n[fetch]\n"
                                      "allow_http = [\"127.0.0.1\"]\nallow_private = [\"127.0.0.1\"]\n" +
                                          more);
    for (std::size_t i = 0; i < jobs; ++i)
        write_file(folder / "schedules" / (name_of(i) + ".toml"),
                   fmt::format(fmt::runtime(file_job), 10 * (i % 6), i % 3 == 0 ? "*" : "*/2", files, name_of(i),
                               name_of(i)));
}

/// A harvester in a folder of its own, and the server's processes that it has.
class OneHarvester {
public:
    OneHarvester(const std::string& url, const std::string& fetch, const std::string& files, ManualClock& clock)
        : url_(url), clock_(clock)
    {
        configure(folder_, files, fetch + "[store]\nurl = \"" + url + "\"\n");
        begin();
    }

    void begin()
    {
        const auto before = backends();
        workspace_.reset();
        workspace_ = std::make_unique<Workspace>(
            find_installation((folder_ / "skurd.toml").string(), (folder_ / "state").string()), clock_,
            WrongFiles::left_out);
        mine_.clear();
        for (const auto pid : backends())
            if (!before.contains(pid))
                mine_.insert(pid);
        is_alive_ = true;
    }

    /// As by SIGKILL: what it has under way on the server ends, and nothing more comes from it.
    void kill()
    {
        PostgresDatabase other({url_, ""}, PostgresDatabase::Access::write);
        for (const auto pid : mine_)
            other.integer(fmt::format("SELECT count(*) FROM (SELECT pg_terminate_backend({}, 10000)) AS x", pid));
        is_alive_ = false;
    }
    bool is_alive() const { return is_alive_; }

    /// Runs the job that has been due the longest, as a lane's thread of the daemon does; nothing where none is, or
    /// where it is killed meanwhile.
    std::optional<std::vector<Run>> run_next()
    {
        if (!is_alive_)
            return std::nullopt;
        try {
            const auto* job = next_due();
            if (!job)
                return std::nullopt;
            RunOptions options;
            options.ordered_by = OrderedBy::schedule;
            return workspace_->run(*job, options, {}, {});
        } catch (const Error&) {
            if (is_alive_)
                throw;
            return std::nullopt;
        }
    }

    std::vector<Run> run_due()
    {
        std::vector<Run> all;
        while (auto runs = run_next())
            std::move(runs->begin(), runs->end(), std::back_inserter(all));
        return all;
    }

    Workspace& workspace() { return *workspace_; }
    const TempDir& folder() const { return folder_; }

private:
    const ReadyJob* next_due()
    {
        const Turn turn(workspace_->turns);
        workspace_->see_others();
        if (workspace_->store.is_lost())
            throw error("a harvester was taken out that is alive");
        for (const auto* job : workspace_->schedule.due(clock_.now()))
            if (!workspace_->fleet.is_at(job->job.id))
                return job;
        return nullptr;
    }

    std::set<std::int64_t> backends() const
    {
        std::set<std::int64_t> found;
        PostgresDatabase other({url_, ""}, PostgresDatabase::Access::read);
        Statement row(other, "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                             " AND pid <> pg_backend_pid()");
        while (row.step())
            found.insert(row.integer(0));
        return found;
    }

    std::string url_;
    ManualClock& clock_;
    TempDir folder_;
    std::unique_ptr<Workspace> workspace_;
    std::set<std::int64_t> mine_;
    std::atomic<bool> is_alive_ = false;
};

/// A source whose every file has another number each hour, three harvesters, and an account of all calls.
struct World {
    explicit World(const std::string& store, const std::string& fetch = "") : url(store)
    {
        for (auto& one : harvesters)
            one =
                std::make_unique<OneHarvester>(url, fetch, fmt::format("http://127.0.0.1:{}", server.port()), clock);
    }

    sim::HttpReply answer()
    {
        const auto now = clock.now();
        calls.push_back(now);
        if (to_kill && ++calls_since % 4 == 0) {
            to_kill->kill();
            to_kill = nullptr;
        }
        return file_at(now);
    }

    /// Each file, as it is at that time.
    static sim::HttpReply file_at(Time now)
    {
        sim::HttpReply reply;
        reply.content_type = "text/csv";
        reply.body = fmt::format("Sector,Year,Value\nUoH,2021,{}\nUoH,2023,7\n",
                                 format_time(now).substr(8, 2) + format_time(now).substr(11, 2));
        return reply;
    }

    /// As each harvester's own thread does all the while.
    void renew()
    {
        for (auto& one : harvesters)
            if (one->is_alive())
                one->workspace().store.fleet()->renew();
    }

    /// The most calls there were in any window of so many seconds.
    std::size_t most_calls_in(std::chrono::seconds window) const
    {
        std::size_t most = 0;
        for (auto from = calls.begin(); from != calls.end(); ++from)
            most = std::max(most, static_cast<std::size_t>(std::count_if(
                                      from, calls.end(), [&](Time at) { return at < *from + window; })));
        return most;
    }

    ManualClock clock{"2026-03-02T00:30:00Z"};
    std::string url;
    std::vector<Time> calls;
    OneHarvester* to_kill = nullptr; ///< at the fourth call from now
    std::size_t calls_since = 0;
    sim::HttpServer server{0, [this](const sim::HttpRequest&) { return answer(); }};
    std::array<std::unique_ptr<OneHarvester>, 3> harvesters;
};

/// The content head of one harvester, on SQLite, that was given the answers of which these vintages came, when they
/// came.
std::string content_head_of_one(const std::vector<Vintage>& vintages)
{
    ManualClock clock("2026-03-02T00:30:00Z");
    sim::HttpServer source(0, [&](const sim::HttpRequest&) { return World::file_at(clock.now()); });
    const TempDir folder;
    configure(folder, fmt::format("http://127.0.0.1:{}", source.port()), "");
    Workspace alone(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock,
                    WrongFiles::left_out);
    auto in_order = vintages;
    std::stable_sort(in_order.begin(), in_order.end(), [](const Vintage& one, const Vintage& other) {
        return one.published.published_at < other.published.published_at;
    });
    for (const auto& vintage : in_order) {
        clock.set(vintage.published.published_at);
        const auto job = vintage.dataset.substr(vintage.dataset.find('/') + 1);
        const auto runs = alone.run(alone.jobs->find(job), {}, {}, {});
        if (runs.size() != 1 || runs[0].outcome != RunOutcome::new_vintage)
            throw error("{} at {}: the same answer is no new vintage", job, format_time(clock.now()));
    }
    return StoreMaintenance(alone.store).verify().content_head;
}

/// In the day that begins at half past, after it and before its end.
std::size_t due_times_of(std::size_t job)
{
    if (job % 3 != 0)
        return 12;
    return job % 6 == 3 ? 23 : 24;
}

bool has_done(const Run& run)
{
    return run.outcome != RunOutcome::failed && run.outcome != RunOutcome::stopped &&
           run.outcome != RunOutcome::running;
}

} // namespace

TEST_CASE("three harvesters on one store run each due job once, in a common pace, also where they are killed",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    World world(server->new_database(), "[fetch.hosts.\"127.0.0.1\"]\ncalls = 4\nwindow = 60\n");
    const auto begin = world.clock.now();
    const auto end = begin + 24h;
    std::size_t kills = 0;
    std::array<std::size_t, 3> shares{};
    std::map<std::string, std::vector<Time>> done; ///< job -> when its runs that succeeded began
    for (std::size_t minute = 0; world.clock.now() < end; minute += 5) {
        auto& unlucky = *world.harvesters.at(kills % 3);
        if (minute % 60 == 25) {
            world.to_kill = &unlucky;
            world.calls_since = 0;
        }
        for (std::size_t idle = 0, i = 0; idle < 3; i = (i + 1) % 3) { // one run each, in turn
            world.renew();
            const auto runs = world.harvesters.at(i)->run_next();
            idle = runs ? 0 : idle + 1;
            for (const auto& run : runs.value_or(std::vector<Run>())) {
                ++shares.at(i);
                if (has_done(run))
                    done[run.job].push_back(run.started_at);
            }
        }
        if (minute % 60 == 50) {
            world.to_kill = nullptr;
            for (auto& one : world.harvesters) {
                if (one->is_alive())
                    continue;
                ++kills;
                one->begin();
            }
        }
        world.clock.set(std::max(world.clock.now(), begin + std::chrono::minutes(minute + 5)));
    }
    CHECK(kills == 24);
    CHECK(*std::min_element(shares.begin(), shares.end()) > 50);
    CHECK(world.most_calls_in(60s) == 4);
    CHECK(done.size() == jobs);
    for (const auto& [job, runs] : done) {
        INFO(job);
        std::set<std::string> hours; // of the due times, which are all at the same minute of their hour
        for (const auto at : runs)
            hours.insert(format_time(at).substr(0, 13));
        CHECK(hours.size() == runs.size()); // none ran twice for one
        CHECK(runs.size() == due_times_of(std::stoul(job.substr(4))));
    }
    auto& last = *world.harvesters[0];
    const auto all = RunStore(last.workspace().store).list("", 10'000);
    CHECK(std::count_if(all.begin(), all.end(), [](const Run& run) { return run.outcome == RunOutcome::stopped; }) >
          3);
    CHECK(std::none_of(all.begin(), all.end(), [](const Run& run) { return run.outcome == RunOutcome::running; }));
    const auto verified = StoreMaintenance(last.workspace().store).verify();
    CHECK(verified.wrong == std::vector<std::string>());
    CHECK(verified.content_head == content_head_of_one(VintageStore(last.workspace().store).list()));
}

TEST_CASE("harvesters that find the same jobs due at the same moment share them", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    World world(server->new_database());
    world.clock.set("2026-03-02T02:59:00Z");
    world.renew();
    std::array<std::vector<Run>, 3> ran;
    std::array<std::string, 3> failures;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < 3; ++i)
            threads.emplace_back(
                [&, i] { failures.at(i) = message_of([&] { ran.at(i) = world.harvesters.at(i)->run_due(); }); });
    }
    CHECK(failures == std::array<std::string, 3>());
    std::map<std::string, int> runs;
    for (const auto& one : ran)
        for (const auto& run : one)
            runs[run.job] += run.outcome == RunOutcome::new_vintage ? 1 : 100;
    CHECK(runs.size() == jobs);
    CHECK(std::all_of(runs.begin(), runs.end(), [](const auto& one) { return one.second == 1; }));
    CHECK(StoreMaintenance(world.harvesters[0]->workspace().store).verify().wrong == std::vector<std::string>());
    CHECK(world.harvesters[0]->workspace().store.database().integer("SELECT count(*) FROM commit_log WHERE part = 0"
                                                                    " AND kind = 'vintage'") ==
          static_cast<std::int64_t>(jobs));
}

TEST_CASE("a harvester with other files waits until it has those that are in force, or all are to work by its own",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    World world(server->new_database());
    auto& other = *world.harvesters[1];
    const auto file = other.folder() / "schedules/job-00.toml";
    const auto text = read_file(file);
    write_file(file, text + "# another comment\n");
    other.begin();
    CHECK_FALSE(other.workspace().fleet.agrees());
    CHECK_FALSE(other.workspace().fleet.has(Duty::messages));
    CHECK(other.run_due().empty());
    CHECK_THAT(message_of([&] { other.workspace().run(other.workspace().jobs->find("job-01"), {}, {}, {}); }),
               Contains("work by another configuration, other jobs or another catalogue"));

    CHECK(other.workspace().reload().empty()); // a person says so: now the others wait
    CHECK(other.workspace().fleet.agrees());
    for (const auto which : {0, 2}) {
        world.harvesters.at(static_cast<std::size_t>(which))->workspace().see_others();
        CHECK_FALSE(world.harvesters.at(static_cast<std::size_t>(which))->workspace().fleet.agrees());
    }
    const auto& third = *world.harvesters[2];
    write_file(third.folder() / "schedules/job-00.toml", text + "# another comment\n");
    world.harvesters[2]->workspace().see_others();
    CHECK(world.harvesters[2]->workspace().fleet.agrees());
    CHECK(world.harvesters[2]->workspace().fleet.has(Duty::messages));
    CHECK_FALSE(other.workspace().fleet.has(Duty::messages));
}

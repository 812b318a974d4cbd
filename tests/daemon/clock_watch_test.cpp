// A file that is dropped while our clock is wrong is not published when the clock says.
#include "daemon/clock_watch.hpp"

#include "base/error.hpp"
#include "daemon/ask_status.hpp"
#include "daemon/sweeps.hpp"
#include "store/flag_store.hpp"
#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr auto dropped_job = R"(
[job]
connector = "drop"
schedule = "*/5 * * * *"
timezone = "UTC"
[source]
files = "tall-*.csv"
[layout]
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

/// A daemon's work by a clock that is moved, with a source that knows what time it is, and a folder that files come
/// to.
struct Scene {
    Scene()
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\nspread_minutes = 0\n"
                                          "[fetch]\nallow_http = [\"127.0.0.1\"]\nallow_private = [\"127.0.0.1\"]\n");
        write_file(folder / "schedules/tall.toml", dropped_job);
        write_file(folder / "schedules/polled.toml",
                   fmt::format("[job]\nconnector = \"nifu\"\n[source]\nroute = \"http\"\n"
                               "addresses = [\"http://127.0.0.1:{}/a\"]\ndataset = \"polled\"\n[layout]\n"
                               "period_column = \"Year\"\nvalue_column = \"Value\"\ndecimal = \".\"\n"
                               "separator = \",\"\n[[layout.series]]\ncolumn = \"Region\"\n",
                               server.port()));
        made.emplace(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
    }

    Workspace& workspace() { return *made; }

    std::vector<Run> harvest(const std::string& job, FetchPolicy fetch = FetchPolicy::if_new)
    {
        RunOptions options;
        options.fetch = fetch;
        return workspace().run(workspace().jobs->find(job), options, {}, {});
    }

    /// What the loop does in a minute, and what it begins. Gives in how many lanes that was.
    std::size_t minute()
    {
        Turn turn(workspace().turns);
        watch.look(turn);
        sweeps.begin(turn, 1min);
        const auto begun = sweeps.lanes();
        if (begun > 0)
            turn.outside([&] { sweeps.wait(1min, {}); }); // until it has ended
        return begun;
    }

    /// As somebody leaves it there at that time.
    void drop(const std::string& name, const std::string& bytes, std::string_view modified) const
    {
        const auto file = folder / "state/drop" / name;
        write_file(file, bytes);
        const timespec time{parse_time(modified).value().time_since_epoch().count(), 0};
        const timespec both[] = {time, time};
        REQUIRE(::utimensat(AT_FDCWD, file.c_str(), both, 0) == 0);
    }

    std::vector<Vintage> dropped() const { return VintageStore(made->store).list("drop/tall"); }

    std::vector<std::string> clock_findings() const
    {
        std::vector<std::string> found;
        for (const auto& finding : ask_status(made->installation, clock, StoreFiles::left_alone).findings)
            if (finding.concern == Concern::clock)
                found.push_back(finding.sentence());
        return found;
    }

    std::size_t open_flags() const
    {
        const auto all = FlagStore(made->store).list(Ended::left_out);
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [](const Flag& flag) { return flag.kind == FlagKind::clock; }));
    }

    sim::HttpReply table() const
    {
        sim::HttpReply reply;
        reply.content_type = "text/csv";
        reply.headers["Date"] = says;
        reply.body = "Region,Year,Value\n03,2019,1\n";
        return reply;
    }

    std::string says = "Mon, 02 Mar 2026 08:00:00 GMT"; ///< the source, of the time
    sim::HttpServer server{0, [this](const auto&) { return table(); }};
    TempDir folder;
    ManualClock clock{"2026-03-02T08:00:00Z"};
    std::optional<Workspace> made;
    ClockWatch watch{*made};
    Sweeps sweeps{*made};
};

} // namespace

TEST_CASE("a file that is dropped while the clock is a year ahead waits, and is placed once it is right", "[daemon]")
{
    Scene here;
    here.harvest("polled");
    here.clock.set("2027-03-02T08:00:00Z");
    here.drop("tall-1.csv", "nr;2018\n1;5\n", "2027-03-02T07:00:00Z");
    const auto begun = here.minute();
    const auto waiting = here.dropped().size();
    const auto told = here.clock_findings();
    const auto flags = here.open_flags();
    const auto plan = here.workspace().schedule.plan(here.workspace().jobs->find("tall"), here.clock.now());
    here.clock.set("2026-03-02T09:00:00Z");
    here.minute();
    const auto placed = here.dropped();

    CHECK(begun == 0);
    CHECK(waiting == 0);
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], Contains("the clock of this machine says 2027-03-02T08:00:00Z, and no source has been heard "
                                 "since 2026-03-02T08:00:00Z (127.0.0.1): files that are dropped wait"));
    CHECK(flags == 1);
    REQUIRE(plan);
    CHECK(plan->why == DuePlan::Why::owed); // which is no failed try
    REQUIRE(placed.size() == 1);
    CHECK(placed[0].published.published_at == parse_time("2026-03-02T09:00:00Z"));
    CHECK(placed[0].observed_at == parse_time("2026-03-02T09:00:00Z"));
    CHECK(here.clock_findings().empty());
    CHECK(here.open_flags() == 0);
}

TEST_CASE("what a source says of the time outweighs our clock", "[daemon]")
{
    Scene here;
    here.clock.set("2026-03-05T08:00:00Z");
    here.harvest("polled");
    here.drop("tall-1.csv", "nr;2018\n1;5\n", "2026-03-05T07:00:00Z");
    const auto begun = here.minute();
    const auto told = here.clock_findings();
    const auto run = here.harvest("tall");
    const auto waiting = here.dropped().size();
    here.says = "Thu, 05 Mar 2026 08:10:00 GMT";
    here.harvest("polled", FetchPolicy::always);
    here.minute();

    CHECK(begun == 0);
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], Contains("the clock of this machine is not that of 127.0.0.1, which said "
                                 "2026-03-02T08:00:00Z when it was 2026-03-05T08:00:00Z here"));
    REQUIRE(run.size() == 1);
    CHECK(run[0].due_result == DueResult::deferred);
    CHECK_THAT(run[0].message, Contains("deferred: the clock of this machine"));
    CHECK(waiting == 0);
    CHECK(here.dropped().size() == 1);
}

TEST_CASE("a person may say that the clock is right, or when a file was published", "[daemon]")
{
    Scene here;
    here.harvest("polled");
    here.clock.set("2027-03-02T08:00:00Z");
    here.drop("tall-1.csv", "nr;2018\n1;5\n", "2027-03-02T07:00:00Z");
    Turn turn(here.workspace().turns);
    const auto give = [&](std::optional<PublicationClaim> published) {
        RunOptions options;
        options.published = std::move(published);
        Response file;
        file.url = "tall-2.csv";
        file.body = "nr;2018\n1;6\n";
        file.received_at = file.modified_at = here.clock.now();
        return run_given_file(here.workspace().jobs->find("tall"),
                              here.workspace().tools(turn, here.workspace().http, {}), file, options);
    };
    CHECK_THROWS_WITH(give({}), Contains("tall-2.csv: not taken: the clock of this machine says 2027") &&
                                    Contains("or say when it was published (--published)"));
    CHECK(here.dropped().empty());
    CHECK(give(PublicationClaim{parse_time("2026-02-01").value(), "--published", Confidence::day}).outcome ==
          RunOutcome::new_vintage);
    turn.outside([&] { here.harvest("tall", FetchPolicy::always); });
    CHECK(here.dropped().size() == 2);
}

TEST_CASE("what was placed in the future is named, and what comes next is current all the same", "[daemon]")
{
    Scene here; // nothing was heard of the time before
    here.clock.set("2027-03-02T08:00:00Z");
    here.drop("tall-1.csv", "nr;2018\n1;5\n", "2027-03-02T07:00:00Z");
    here.harvest("tall");
    here.clock.set("2026-03-02T08:00:00Z");
    const auto told = here.clock_findings();
    here.drop("tall-2.csv", "nr;2018\n1;6\n", "2026-03-02T07:00:00Z");
    here.harvest("tall");
    const auto now = ObservationStore(here.made->store).as_of(Selector::parse("drop/tall{nr=1}"), {});

    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], Contains("drop/tall: 1 release is placed later than now, the last at 2027-03-02T07:00:00Z") &&
                            Contains("skurd drop FILE --job JOB --published T"));
    REQUIRE(now.size() == 1);
    CHECK(now[0].value.number == Decimal(6, 0));
}

// The daemon's desk without a socket: orders in, results and the store out.
#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "daemon/source_desk.hpp"
#include "store/flag_store.hpp"
#include "store/observation_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
{enabled}
[source]
files = "{id}-*.csv"
published = "2020-01-02"
[layout]
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

std::string job_text(const std::string& id, const std::string& more = "")
{
    std::string text = job;
    text.replace(text.find("{id}"), 4, id);
    text.replace(text.find("{enabled}"), 9, more);
    return text;
}

/// An installation with the jobs `tall` and `off`, the second disabled.
struct Installed {
    Installed()
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n");
        write_file(folder / "schedules/tall.toml", job_text("tall"));
        write_file(folder / "schedules/off.toml", job_text("off", "enabled = false"));
    }

    Installation installation() const
    {
        return find_installation((folder / "skurd.toml").string(), (folder / "state").string());
    }

    static DropOrder drop(const std::string& bytes)
    {
        DropOrder order;
        order.job = "tall";
        order.file_name = "tall-1.csv";
        order.bytes = bytes;
        return order;
    }

    TempDir folder;
    ManualClock clock{"2020-06-01"};
};

std::vector<std::string> jobs_of(const RunsResult& result)
{
    std::vector<std::string> jobs;
    for (const auto& run : result.runs)
        jobs.push_back(run.job);
    return jobs;
}

} // namespace

TEST_CASE("a file that is dropped is in the store when its order has ended", "[daemon]")
{
    Installed here;
    Harvester desk(here.installation(), here.clock);
    const auto result = carry_out(desk, Installed::drop("nr;2018;2019\n1;5;6\n"));
    const StoreSession store(here.folder / "state", StoreSession::Access::read, here.clock);
    const auto read = ObservationStore(store).as_of(Selector::parse("drop/tall{nr=1}"), {});

    REQUIRE(result.runs.size() == 1);
    CHECK(result.runs[0].outcome == RunOutcome::new_vintage);
    CHECK(result.exit() == ExitCode::good);
    CHECK(read.size() == 2);
}

TEST_CASE("a harvest runs the jobs that are named, or all that are enabled", "[daemon]")
{
    Installed here;
    Harvester desk(here.installation(), here.clock);
    HarvestOrder named;
    named.jobs = {"off"};
    HarvestOrder enabled;
    enabled.which = HarvestOrder::Which::enabled;
    HarvestOrder due;
    due.which = HarvestOrder::Which::due;

    CHECK(jobs_of(carry_out(desk, named)) == std::vector<std::string>{"off"});
    CHECK(jobs_of(carry_out(desk, enabled)) == std::vector<std::string>{"tall"});
    CHECK(carry_out(desk, due).runs.empty()); // neither has a schedule
    named.jobs = {"tal"};
    CHECK_THROWS_WITH(carry_out(desk, named), Contains("there is no job 'tal'"));
}

TEST_CASE("what is refused is answered by an order: once", "[daemon]")
{
    Installed here;
    Harvester desk(here.installation(), here.clock);
    const auto refused = carry_out(desk, Installed::drop("no table"));
    REQUIRE(refused.exit() == ExitCode::failed);
    CHECK_THROWS_WITH(carry_out(desk, DiscardOrder{1, "", "Kari"}), Contains("the note must not be empty"));
    CHECK_THROWS_WITH(carry_out(desk, DiscardOrder{1, "et utkast", " "}), Contains("the name must not be empty"));
    CHECK_THROWS_WITH(carry_out(desk, RetryOrder{2, {}, "Kari"}), Contains("the number 2"));
    CHECK(carry_out(desk, RetryOrder{1, {}, "Kari"}).exit() == ExitCode::failed);
    CHECK(carry_out(desk, DiscardOrder{1, "et utkast", "Kari"}).exit() == ExitCode::good);
    CHECK_THROWS_WITH(carry_out(desk, RetryOrder{1, {}, "Kari"}), Contains("ended already"));
}

TEST_CASE("what people say of numbers is recorded, and taken back, by orders", "[daemon]")
{
    Installed here;
    Harvester desk(here.installation(), here.clock);
    carry_out(desk, Installed::drop("nr;2018;2019\n1;5;6\n"));
    const auto annotated = carry_out(
        desk, AnnotateOrder{"drop/tall{nr=1}", AnnotationKind::note, Period::year(2018), 0, "nytt skjema", "Kari"});
    const auto corrected = carry_out(desk, CorrectOrder{"drop/tall{nr=1}", Period::year(2019), Decimal(6, 0),
                                                        Decimal(7, 0), "skrivefeil", "Kåre"});
    CHECK(annotated.id == 1);
    CHECK(corrected.id == 1);
    CHECK_NOTHROW(carry_out(desk, WithdrawOrder{1, "feil tabell", "Kari"}));
    CHECK_NOTHROW(carry_out(desk, EndCorrectionOrder{1, "rettet", "Kåre"}));
    CHECK_THROWS_WITH(carry_out(desk, EndCorrectionOrder{1, "igjen", " "}), Contains("the name must not be empty"));
    CHECK_THROWS_AS(carry_out(desk, AnnotateOrder{"999999", AnnotationKind::note, Period::year(2018), 0, "x", "y"}),
                    Error);
}

TEST_CASE("an order that is stopped before it begins runs no job", "[daemon]")
{
    Installed here;
    Harvester desk(here.installation(), here.clock);
    HarvestOrder order;
    order.which = HarvestOrder::Which::enabled;
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_WITH(carry_out(desk, order, {}, stop.get_token()), Contains("stopped before"));
}

TEST_CASE("a second desk for one state folder is refused", "[daemon]")
{
    Installed here;
    const Harvester desk(here.installation(), here.clock);
    try {
        Harvester second(here.installation(), here.clock);
        FAIL("there are two writers");
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::busy);
    }
}

TEST_CASE("questions to sources are asked whatever is wrong with jobs and catalogue, and other orders are not taken",
          "[daemon]")
{
    Installed here;
    write_file(here.folder / "schedules/wrong.toml", "[job]\n");
    write_file(here.folder / "indicators/wrong.toml", "[[indicator]]\n");
    CHECK_THROWS_AS(Harvester(here.installation(), here.clock), Error);
    SourceDesk desk(here.installation(), here.clock);
    const auto checked = carry_out(desk, CheckOnlineOrder{{"tall"}});

    REQUIRE(checked.jobs.size() == 1);
    CHECK(checked.jobs[0].asked == CheckedJob::Asked::no);
    CHECK(checked.exit() == ExitCode::good);
    CHECK_THROWS_WITH(carry_out(desk, DiscoverOrder{{"sbb", "", ""}, ""}), Contains("there is no source 'sbb'"));
    CHECK_THROWS_WITH(carry_out(desk, WithdrawOrder{1, "x", "y"}), Contains("no question to a source"));
}

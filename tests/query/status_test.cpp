#include "query/status.hpp"

#include "model/evaluation_state.hpp"
#include "store/commit_store.hpp"
#include "store/flag_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::StartsWith;

namespace {

JobStatus job_of(const char* id)
{
    JobStatus job;
    job.job = id;
    return job;
}

void run(StoreFixture& here, const char* job, RunOutcome outcome, const char* message)
{
    Run run;
    run.job = job;
    run.id = RunStore(here.store).start(job);
    run.started_at = here.clock.now();
    run.finished_at = here.clock.now();
    run.outcome = outcome;
    run.message = message;
    RunStore(here.store).finish(run);
}

/// An installation where all is well, until a test changes something.
struct StatusFixture : QueryFixture {
    ConfiguredJobs configured{{job_of("tall"), job_of("new")}, {}, {}};

    StatusFixture()
    {
        run(*this, "tall", RunOutcome::nothing_new, "the same");
        judge();
    }
    void judge() { VerdictStore(store).store_evaluation_state({CommitStore(store).newest(), catalogue.hash}); }

    Status ask() const { return status(store, folder.path(), configured, &catalogue, clock.now()); }
    /// "concern: sentence" of each finding.
    std::vector<std::string> told() const
    {
        std::vector<std::string> lines;
        for (const auto& finding : ask().findings)
            lines.push_back(std::string(to_string(finding.concern)) + ": " + finding.sentence());
        return lines;
    }
};

using Lines = std::vector<std::string>;

Flag flag_of(FlagKind kind, const char* key, FlagState state)
{
    Flag flag;
    flag.kind = kind;
    flag.key = key;
    flag.state = state;
    return flag;
}

} // namespace

TEST_CASE("all is well where nothing failed, nothing waits and the numbers are judged", "[query]")
{
    const StatusFixture here;
    const auto found = here.ask();
    CHECK(here.told() == Lines{});
    CHECK(found.vintages == 2);
    CHECK(found.jobs.at(0).health.last->message == "the same");
    CHECK_FALSE(found.jobs.at(1).health.last);
    CHECK(found.rooms.size() == 1);
}

TEST_CASE("what is wrong is told in order: the files, the runs, the drop folders, the numbers", "[query]")
{
    StatusFixture here;
    run(here, "tall", RunOutcome::failed, "no answer");
    run(here, "off", RunOutcome::failed, "no answer");
    auto off = job_of("off");
    off.enabled = false;
    here.configured = {{job_of("tall"), off}, {"x.toml:1: unknown key"}, {"drop/y.csv"}};
    here.catalogue.hash = "another";
    CHECK(
        here.told() ==
        Lines{"files: x.toml:1: unknown key",
              "failing: tall: failed 1 in a row: no answer: see `skurd runs tall` and `skurd quarantine list`, then "
              "`skurd harvest tall`",
              "drop folder: drop/y.csv: no job matches this file (see the patterns in the job files)",
              "evaluation: the newest numbers are not judged by today's catalogue: run `skurd harvest --due`"});
}

TEST_CASE("jobs that are scheduled want a daemon that is alive; a command that holds the store is none", "[query]")
{
    StatusFixture here;
    here.configured.jobs[0].schedule = "20 8 * * *";
    const auto told = here.told();
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], StartsWith("daemon: no daemon is alive, and 1 jobs are scheduled (a command, process "));
    here.configured.jobs[0].enabled = false;
    CHECK(here.told().empty());
    here.configured.jobs[0].enabled = true;
    here.store.tell_daemon("");
    CHECK(here.told().empty());
    CHECK(here.ask().holder.kind == StoreHolder::Kind::daemon);
}

TEST_CASE("a daemon that works with another configuration than is on disk is told", "[query]")
{
    StatusFixture here;
    here.configured.configuration = "on disk";
    here.store.tell_daemon("on disk");
    CHECK(here.told().empty());
    here.store.tell_daemon("older");
    REQUIRE(here.told().size() == 1);
    CHECK_THAT(here.told()[0], StartsWith("configuration: the daemon (process "));
    here.configured.configuration = ""; // what is on disk is wrong, which is told as such
    CHECK(here.told().empty());
}

TEST_CASE("what is in quarantine is told, with the newest", "[query]")
{
    StatusFixture here;
    QuarantineStore(here.store)
        .add({0, "tall", here.new_payload().hash, "drop/x.csv", "line 3: no number", here.clock.now()});
    CHECK(here.told() ==
          Lines{"quarantine: 1 in quarantine, the newest of tall: line 3: no number: `skurd quarantine "
                "list`, then retry or discard"});
    CHECK(here.ask().quarantined == 1);
    here.configured.refused_files = {{"quarantine/20200101T120000Z-x.csv", "line 3: no number"}};
    CHECK(here.told().size() == 1); // that file has its row
}

TEST_CASE("a file that was refused unread is told too: it has no row", "[query]")
{
    StatusFixture here;
    here.configured.refused_files = {{"quarantine/20200101T120000Z-big.csv", "is larger than 64 MiB"}};
    CHECK(here.told() == Lines{"quarantine: quarantine/20200101T120000Z-big.csv: was refused: is larger than 64 MiB: "
                               "drop it again, mended, and remove it there"});
}

TEST_CASE("an indicator that is empty and had a value is told", "[query]")
{
    StatusFixture here;
    const auto& indicator = here.catalogue.indicators.at(0);
    const auto vintage = VintageStore(here.store).list().front();
    IndicatorValue value;
    value.value = Value{Decimal::parse("5").value(), {}};
    value.definition = 1;
    value.vintage = vintage.id;
    value.published_at = vintage.published.published_at;
    VerdictStore(here.store).store_values(indicator, {{Period::year(2016), value}});
    here.judge();
    CHECK(here.told().empty());
    VerdictStore(here.store).store_values(indicator, {});
    here.judge();
    CHECK(here.told() == Lines{"indicator: indicator 9: is empty, and had a value: see what became of it with `skurd "
                               "indicators 9`"});
}

TEST_CASE("an indicator of a series that nobody has is told", "[query]")
{
    StatusFixture here;
    here.catalogue.indicators.push_back(indicator_of(11, "drop/nowhere{nr=1}"));
    const auto told = here.told();
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], StartsWith("indicator: ") && Catch::Matchers::Contains("drop/nowhere"));
}

TEST_CASE("open flags are told apart from faults, and acknowledged ones are no finding", "[query]")
{
    StatusFixture here;
    FlagStore(here.store).raise(flag_of(FlagKind::threshold, "a", FlagState::open));
    FlagStore(here.store).raise(flag_of(FlagKind::threshold, "b", FlagState::open));
    FlagStore(here.store).raise(flag_of(FlagKind::drift, "c", FlagState::open));
    FlagStore(here.store).raise(flag_of(FlagKind::drift, "d", FlagState::acknowledged));
    FlagStore(here.store).raise(flag_of(FlagKind::drift, "e", FlagState::closed));
    const auto found = here.ask();
    CHECK(here.told() == Lines{"flags: 3 open flags wait for an answer (2 threshold, 1 drift): `skurd flags`, then "
                               "`skurd flags ack`"});
    CHECK_FALSE(found.findings.at(0).is_fault());
    CHECK(found.open_flags == 4);
    CHECK(found.unanswered == std::map<FlagKind, std::size_t>{{FlagKind::threshold, 2}, {FlagKind::drift, 1}});
}

TEST_CASE("status reads no observations: it answers without their table", "[query]")
{
    const StatusFixture here;
    SqliteDatabase(here.folder / "skurd.db", SqliteDatabase::Access::write).exec("DROP TABLE observation");
    CHECK(here.told() == Lines{});
    CHECK(here.ask().vintages == 2);
}

TEST_CASE("files of the store that do not fit together are told first", "[query]")
{
    StatusFixture here;
    FlagStore(here.store).raise(flag_of(FlagKind::drift, "c", FlagState::open));
    write_file(here.folder / "skurd.db-journal", "x");
    const auto told = here.told();
    REQUIRE(told.size() == 2);
    CHECK_THAT(told[0], StartsWith("store: " + (here.folder / "skurd.db-journal").string() + ": "));
    std::filesystem::remove(here.folder / "skurd.db-journal");
}

TEST_CASE("an installation without a store says how to make one", "[query]")
{
    const TempDir folder;
    const auto found = status_without_store(folder.path(), {{job_of("tall")}, {}, {}}, "");
    REQUIRE(found.findings.size() == 1);
    CHECK(found.findings[0].sentence() ==
          "no store yet at " + folder.path().string() + ": run `skurd harvest --all`");
    CHECK(found.jobs.size() == 1);
}

TEST_CASE("where payloads lie without their store, that is told and no harvest", "[query]")
{
    const TempDir folder;
    write_file(folder / "payloads/ab/x", "x");
    const auto found = status_without_store(folder.path(), {{job_of("tall")}, {}, {}}, "");
    REQUIRE(found.findings.size() == 1);
    CHECK_THAT(found.findings[0].sentence(), Catch::Matchers::Contains("the database is gone. Put back a backup"));
}

TEST_CASE("an error that keeps the store from being read is told, and once", "[query]")
{
    const TempDir folder;
    write_file(folder / "skurd.db", "");
    const auto why = (folder / "skurd.db").string() + ": cannot be read";
    const auto found = status_without_store(folder.path(), {{job_of("tall")}, {}, {}}, why);
    REQUIRE(found.findings.size() == 2);
    CHECK(found.findings[0].sentence() == why);
    CHECK_THAT(found.findings[1].sentence(), Catch::Matchers::Contains(": is empty, "));
}

#include "base/error.hpp"
#include "store/flag_store.hpp"
#include "store/observation_store.hpp"
#include "store/payload_store.hpp"
#include "store/run_store.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <unistd.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

namespace {

ExitCode code_of(const std::function<void()>& function)
{
    try {
        function();
    } catch (const std::exception& exception) {
        return exit_code(exception);
    }
    return ExitCode::good;
}

} // namespace

TEST_CASE("a store that is not there yet is not read, and not made by reading", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    const auto message = message_of([&] { StoreSession(folder.path(), StoreSession::Access::read, clock); });

    CHECK(message == "no store at " + folder.path().string() + " yet: run skurd harvest");
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a store from a newer program is refused", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    {
        StoreSession made(folder.path(), StoreSession::Access::write, clock);
    }
    const auto known = store_migrations().size();
    SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::write)
        .exec(fmt::format("PRAGMA user_version = {}", known + 1));
    const auto expected = fmt::format("{} has schema version {}, this program knows {}: use a newer skurd",
                                      (folder / "skurd.db").string(), known + 1, known);

    CHECK(message_of([&] { StoreSession(folder.path(), StoreSession::Access::read, clock); }) == expected);
    CHECK(message_of([&] { StoreSession(folder.path(), StoreSession::Access::write, clock); }) == expected);
    CHECK(code_of([&] { StoreSession(folder.path(), StoreSession::Access::write, clock); }) == ExitCode::failed);
}

TEST_CASE("a file that is no database is refused with what to do", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    write_file(folder / "skurd.db", std::string(5000, 'x'));

    CHECK_THAT(message_of([&] { StoreSession(folder.path(), StoreSession::Access::read, clock); }),
               Contains("put back a backup"));
}

TEST_CASE("a second writer is refused as busy, by the process id of the first", "[store]")
{
    StoreFixture fixture;
    const auto open = [&] { StoreSession(fixture.folder.path(), StoreSession::Access::write, fixture.clock); };

    CHECK_THAT(message_of(open), Contains(fmt::format("process {} holds the store", ::getpid())));
    CHECK(code_of(open) == ExitCode::busy);
}

TEST_CASE("the lock goes with the store that holds it", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    const auto open = [&] { StoreSession(folder.path(), StoreSession::Access::write, clock); };
    open();

    CHECK(code_of(open) == ExitCode::good);
}

TEST_CASE("a run that its program did not live to finish was stopped once the next writer opens the store", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    {
        StoreSession store(folder.path(), StoreSession::Access::write, clock);
        RunStore(store).start("cut off");
        Run run;
        run.id = RunStore(store).start("whole");
        run.outcome = RunOutcome::nothing_new;
        RunStore(store).finish(run);
    }
    const auto before = RunStore(StoreSession(folder.path(), StoreSession::Access::read, clock)).list("cut off", 1);
    const auto after = RunStore(StoreSession(folder.path(), StoreSession::Access::write, clock)).list("cut off", 1);
    const auto health = RunStore(StoreSession(folder.path(), StoreSession::Access::read, clock)).health();

    REQUIRE(before.size() == 1);
    CHECK(before[0].outcome == RunOutcome::running);
    REQUIRE(after.size() == 1);
    CHECK(after[0].outcome == RunOutcome::stopped); // which is no failure of the job's
    CHECK(after[0].message == "interrupted: the program ended before the run did");
    CHECK(!after[0].finished_at);
    REQUIRE(health.size() == 2);
    CHECK(health[0].failures_in_row == 0);
    CHECK(health[1].failures_in_row == 0);
}

TEST_CASE("a run whose end could not be recorded is closed while the store stays open", "[store]")
{
    StoreFixture fixture;
    RunStore(fixture.store).start("cut off");
    RunStore(fixture.store).close_unrecorded("another job");
    CHECK(RunStore(fixture.store).list("cut off", 1).at(0).outcome == RunOutcome::running); // it may be at work
    RunStore(fixture.store).close_unrecorded("cut off");
    const auto runs = RunStore(fixture.store).list("cut off", 1);

    REQUIRE(runs.size() == 1);
    CHECK(runs[0].outcome == RunOutcome::failed);
    CHECK(runs[0].message == "interrupted: its end could not be recorded");
}

TEST_CASE("what a store that was taken away left beside it is not read as that of the new one", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    {
        StoreSession store(folder.path(), StoreSession::Access::write, clock);
        RunStore(store).start("of the old store");
        std::filesystem::copy(folder / "skurd.db-wal", folder / "kept");
    }
    std::filesystem::remove(folder / "skurd.db");
    std::filesystem::rename(folder / "kept", folder / "skurd.db-wal");
    write_file(folder / "skurd.db.new", "half a store");
    const StoreSession made(folder.path(), StoreSession::Access::write, clock);

    CHECK(RunStore(made).list("", 10).empty());
    CHECK_FALSE(std::filesystem::exists(folder / "skurd.db.new"));
}

TEST_CASE("a reader sees whole transactions only, while a writer writes", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
    const StoreSession reader(fixture.folder.path(), StoreSession::Access::read, fixture.clock);
    const auto read = [&] {
        return ObservationStore(reader).as_of(Selector::parse("drop/table"), {}).at(0).value.number.value().text();
    };

    StoreSession::Transaction transaction(fixture.store);
    fixture.accept(release_of({"2016"}, {{"1", {"2"}}}), "2018-05-01");
    const auto during = read();
    transaction.commit();
    const auto after = read();

    CHECK(during == "1");
    CHECK(after == "2");
}

TEST_CASE("a store is read although SQLite's side files are gone, and reading writes nothing", "[store]")
{
    TempDir folder;
    ManualClock clock("2020-01-01");
    {
        StoreSession store(folder.path(), StoreSession::Access::write, clock);
        VintageStore(store).ingest(release_of({"2016"}, {{"1", {"1"}}}), published("2018-04-01"), Origin::drop,
                                   PayloadStore(store).store("x", "text/csv", "x"), 0);
    }
    std::filesystem::remove(folder / "skurd.db-wal");
    std::filesystem::remove(folder / "skurd.db-shm");
    const auto before = read_file(folder / "skurd.db");
    const auto found = ObservationStore(StoreSession(folder.path(), StoreSession::Access::read, clock))
                           .as_of(Selector::parse("drop/table"), {});

    CHECK(found.size() == 1);
    CHECK(read_file(folder / "skurd.db") == before);
}

TEST_CASE("a store opened for reading refuses to write", "[store]")
{
    StoreFixture fixture;
    StoreSession reader(fixture.folder.path(), StoreSession::Access::read, fixture.clock);

    CHECK_THROWS_AS(RunStore(reader).start("job"), Error);
}

TEST_CASE("an error of SQLite names file and table, and what to do, in one line", "[store]")
{
    StoreFixture fixture;
    const auto file = (fixture.folder / "skurd.db").string();
    FlagStore(fixture.store).raise({});
    const auto twice = message_of([&] { FlagStore(fixture.store).raise({}); });
    const auto unknown = message_of([&] { fixture.sql("SELECT * FROM\n   flags -- " + std::string(500, 'x')); });

    CHECK_THAT(twice, StartsWith(file + ": INSERT INTO flag ") && Contains("UNIQUE constraint failed: flag.key") &&
                          EndsWith("report it as a defect of skurd"));
    CHECK(twice.find('\n') == std::string::npos);
    CHECK_THAT(unknown, StartsWith(file + ": SELECT * FROM flags -- xxx") && Contains("x…: no such table: flags: "));
    CHECK(unknown.size() < file.size() + 250);
}

TEST_CASE("a transaction that is not committed takes everything back, one that is keeps it", "[store]")
{
    StoreFixture fixture;
    const auto release = release_of({"2016"}, {{"1", {"1"}}});
    {
        StoreSession::Transaction transaction(fixture.store);
        RunStore(fixture.store).start("job");
        fixture.accept(release, "2018-04-01");
    }
    const auto taken_back =
        VintageStore(fixture.store).datasets().size() + RunStore(fixture.store).list("", 10).size();
    {
        StoreSession::Transaction transaction(fixture.store);
        RunStore(fixture.store).start("job");
        fixture.accept(release, "2018-04-01");
        transaction.commit();
    }

    CHECK(taken_back == 0);
    CHECK(VintageStore(fixture.store).datasets() == std::vector<std::string>{"drop/table"});
    CHECK(RunStore(fixture.store).list("", 10).size() == 1);
}

TEST_CASE("what fails inside a transaction leaves the rest of it whole", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"2"}}}), "2018-04-01");
    {
        StoreSession::Transaction transaction(fixture.store);
        RunStore(fixture.store).start("job");
        auto shrunken =
            release_of({"2016", "2017"}, {{"1", {"", "1"}}, {"new", {"1", "1"}}}, Coverage::complete_selection);
        CHECK_THROWS_AS(fixture.accept(shrunken, "2019-04-01"), Error);
        transaction.commit();
    }

    CHECK(RunStore(fixture.store).list("job", 1).size() == 1);
    CHECK(fixture.sql("SELECT count(*) FROM series") == "1");
    CHECK(fixture.sql("SELECT count(*) FROM category") == "1");
}

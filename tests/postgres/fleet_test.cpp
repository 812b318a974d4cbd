// Several processes that write one store on PostgreSQL: here sessions of one process, each from a folder of its own.
#include "store/maintenance.hpp"
#include "store/postgres/postgres_database.hpp"
#include "store/postgres/postgres_fleet.hpp"
#include "store/postgres/upgrade.hpp"
#include "store/run_store.hpp"
#include "store/store_version.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <fmt/format.h>

#include <thread>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

Release other_release(const std::map<std::string, std::vector<std::string>>& rows)
{
    auto release = release_of({"2016"}, rows);
    release.dataset = "drop/other";
    return release;
}

std::vector<std::string> wrong_of(const StoreFixture& fixture)
{
    return StoreMaintenance(fixture.store).verify().wrong;
}

/// "drop/table 3, drop/other 2": the commit of each dataset's newest vintage.
std::string commits_of(const StoreFixture& fixture)
{
    std::string text;
    Statement row(fixture.store.database(),
                  "SELECT dataset, max(commit_seq) FROM releases GROUP BY dataset ORDER BY dataset");
    while (row.step())
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", row.view(0), row.integer(1));
    return text;
}

} // namespace

TEST_CASE("two writers ingest into two datasets at once, and commits are numbered as they become visible",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture first(url);
    StoreFixture second(url);
    first.accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
    const auto payload = first.new_payload();
    {
        StoreSession::Transaction open(first.store, "drop/table");
        VintageStore(first.store)
            .ingest(release_of({"2016"}, {{"1", {"2"}}, {"2", {"2"}}}), published("2017-04-01"), Origin::drop,
                    payload, 0);
        second.accept(other_release({{"1", {"3"}}, {"2", {"4"}}}), "2017-04-01");
        CHECK(second.read("drop/other") == "1/2016=3 2/2016=4");
        CHECK(second.read() == "1/2016=1");
        open.commit();
    }
    CHECK(second.read() == "1/2016=2 2/2016=2");
    CHECK(commits_of(first) == "drop/other 2, drop/table 3");
    CHECK(first.store.database().integer("SELECT max(seq) FROM commit_log") == 3);
    CHECK(first.store.database().integer("SELECT count(DISTINCT ingest_id) FROM commit_log") == 3);
    CHECK(wrong_of(first) == std::vector<std::string>());

    StoreFixture file;
    file.accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
    file.new_payload();
    VintageStore(file.store)
        .ingest(release_of({"2016"}, {{"1", {"2"}}, {"2", {"2"}}}), published("2017-04-01"), Origin::drop,
                PayloadStore(file.store).store("payload 2", "text/csv", "x"), 0);
    VintageStore(file.store)
        .ingest(other_release({{"1", {"3"}}, {"2", {"4"}}}), published("2017-04-01"), Origin::drop,
                PayloadStore(file.store).store("payload 1", "text/csv", "x"), 0);
    CHECK(StoreMaintenance(first.store).verify().content_head == StoreMaintenance(file.store).verify().content_head);
}

TEST_CASE("who ingests into a dataset that another is at waits, and is told where it read an older state",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture first(url);
    StoreFixture second(url);
    first.accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
    const auto token = first.store.database().integer("SELECT token FROM dataset WHERE name = 'drop/table'");
    CHECK(token == 1);
    const auto payload = first.new_payload();
    const auto later = second.new_payload();
    std::string told;
    std::jthread waiting;
    {
        StoreSession::Transaction open(first.store, "drop/table");
        VintageStore(first.store)
            .ingest(release_of({"2016"}, {{"1", {"2"}}}), published("2017-04-01"), Origin::drop, payload, 0);
        waiting = std::jthread([&] {
            Arrival arrival;
            arrival.dataset_token = token;
            told = message_of([&] {
                VintageStore(second.store)
                    .ingest(release_of({"2016"}, {{"1", {"3"}}}), published("2018-04-01"), Origin::drop, later, 0, {},
                            arrival);
            });
        });
        PostgresDatabase looking({url, ""}, PostgresDatabase::Access::read);
        while (looking.integer("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 0)
            std::this_thread::yield();
        open.commit();
    }
    waiting.join();
    CHECK_THAT(told, Contains("drop/table: another run ingested into it while this one read it"));
    CHECK(second.read() == "1/2016=2");
    second.accept(release_of({"2016"}, {{"1", {"3"}}}), "2018-04-01");
    CHECK(first.read() == "1/2016=3");
    CHECK(wrong_of(first) == std::vector<std::string>());
}

TEST_CASE("a writer that was paused past its time writes no more, whatever it believes", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture paused(url);
    StoreFixture other(url);
    paused.accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
    CHECK(paused.store.fleet()->take({Lease::Kind::job, "a"}));
    CHECK_FALSE(other.store.fleet()->take({Lease::Kind::job, "a"}));
    CHECK_FALSE(other.store.fleet()->take_out_expired());
    other.clock.set(paused.clock.now() + Fleet::lease_time + 1s);
    {
        const auto payload = paused.new_payload(); // stopped in the middle of what it writes
        StoreSession::Transaction open(paused.store, "drop/table");
        VintageStore(paused.store)
            .ingest(release_of({"2016"}, {{"1", {"2"}}}), published("2017-04-01"), Origin::drop, payload, 0);
        CHECK_FALSE(other.store.fleet()->take_out_expired());
        open.commit();
    }
    CHECK(other.store.fleet()->take_out_expired());
    CHECK(other.store.fleet()->take({Lease::Kind::job, "a"}));
    CHECK_THAT(message_of([&] {
                   paused.accept(release_of({"2016"}, {{"1", {"3"}}}), "2018-04-01");
               }),
               Contains("this process may write no more: others have gone on without it"));
    CHECK_THAT(message_of([&] { RunStore(paused.store).start("a"); }), Contains("may write no more"));
    CHECK_FALSE(paused.store.fleet()->take({Lease::Kind::job, "b"}));
    CHECK_FALSE(paused.store.is_lost());
    paused.store.fleet()->renew();
    CHECK(paused.store.is_lost());
    CHECK(other.read() == "1/2016=2");
    other.accept(release_of({"2016"}, {{"1", {"4"}}}), "2019-04-01");
    CHECK(other.read() == "1/2016=4");
    REQUIRE(other.store.writers().size() == 1);
    CHECK(other.store.writers()[0].leases == std::vector<Lease>{{Lease::Kind::job, "a"}});
    CHECK(wrong_of(other) == std::vector<std::string>());
}

TEST_CASE("a writer that ends, or begins anew from its folder, leaves nothing leased", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture stays(url);
    {
        StoreFixture ends(url);
        CHECK(ends.store.fleet()->take({Lease::Kind::duty, "messages"}));
        CHECK(ends.store.fleet()->take({Lease::Kind::duty, "messages"}));
        CHECK_FALSE(stays.store.fleet()->take({Lease::Kind::duty, "messages"}));
        CHECK(stays.store.writers().size() == 2);
        CHECK_THAT(message_of([&] { StoreSession(ends.place, StoreSession::Access::write, ends.clock); }),
                   Contains("holds the store"));
    }
    CHECK(stays.store.writers().size() == 1);
    CHECK(stays.store.fleet()->take({Lease::Kind::duty, "messages"}));
    stays.store.fleet()->give_back({Lease::Kind::duty, "messages"});
    CHECK(stays.store.writers()[0].leases.empty());
    stays.store.fleet()->tell_configuration("abc");
    CHECK(stays.store.writers()[0].configuration == "abc");
    CHECK(stays.store.fleet()->configuration_in_force().empty());
    stays.store.fleet()->put_in_force({"abc", {}});
    CHECK(stays.store.fleet()->configuration_in_force() == "abc");
}

TEST_CASE("who opens the store leaves the runs that another is at alone", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture first(url);
    CHECK(first.store.fleet()->take({Lease::Kind::job, "leased"}));
    RunStore(first.store).start("leased");
    RunStore(first.store).start("cut off");
    StoreFixture second(url);
    CHECK(RunStore(second.store).list("leased", 1).front().outcome == RunOutcome::running);
    CHECK(RunStore(second.store).list("cut off", 1).front().outcome == RunOutcome::stopped);
}

TEST_CASE("an older store is brought up to date by a writer that is alone", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture first(url);
    PostgresDatabase other({url, ""}, PostgresDatabase::Access::write);
    other.exec("ALTER TABLE migration DISABLE TRIGGER ALL; DELETE FROM migration WHERE version > 20");
    CHECK_THAT(message_of([&] { StoreFixture second(url); }),
               Contains("is of an older version, and others write it: skurd on the server itself"));
}

TEST_CASE("a newer program that finds others writing asks them to end, and then brings the store up to date",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    PostgresDatabase other({url, ""}, PostgresDatabase::Access::write);
    {
        StoreFixture older(url);
        older.accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
        CHECK_FALSE(older.store.fleet()->wanted_upgrade());
        other.exec("ALTER TABLE migration DISABLE TRIGGER ALL;"
                   " DELETE FROM migration WHERE version = (SELECT max(version) FROM migration);"
                   " ALTER TABLE migration ENABLE TRIGGER ALL");
        CHECK_THAT(message_of([&] { StoreFixture newer(url); }),
                   Contains("is of an older version, and others write it: skurd on the server itself") &&
                       Contains("end by themselves now"));
        const auto wanted = older.store.fleet()->wanted_upgrade();
        REQUIRE(wanted);
        CHECK(wanted->version == static_cast<std::int64_t>(store_schema_version()));
        CHECK(wanted->program == SKURD_VERSION);
    }
    other.exec("DROP TABLE upgrade, configuration_file, configuration_text"); // as the older version has it
    StoreFixture newer(url);
    CHECK(newer.read() == "1/2016=1");
    CHECK_FALSE(newer.store.fleet()->wanted_upgrade());
    newer.accept(release_of({"2016"}, {{"1", {"2"}}}), "2017-04-01");
    CHECK(wrong_of(newer) == std::vector<std::string>());
}

TEST_CASE("a program that is begun while a newer one waits is refused, unless that one gave up", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    {
        const StoreFixture made(url);
    }
    PostgresDatabase other({url, ""}, PostgresDatabase::Access::write);
    ask_for_upgrade(other, 99, "elsewhere");
    for (int i = 0; i < 2; ++i) // also where nobody else writes: it would be there when the newer one comes again
        CHECK_THAT(message_of([&] { StoreFixture refused(url); }),
                   Contains("on elsewhere waits to bring the store to schema version 99") &&
                       Contains("install that version here too"));
    other.exec("UPDATE upgrade SET until = '2000-01-01T00:00:00Z'");
    const StoreFixture goes_on(url);
    CHECK_FALSE(goes_on.store.fleet()->wanted_upgrade());
    other.exec("INSERT INTO migration (version, name, from_version, program, at) VALUES (99, 'x', 98, '9.9',"
               " '2000-01-01T00:00:00Z')");
    CHECK_THAT(message_of([&] { StoreFixture refused(url); }), Contains("use a newer skurd"));
}

TEST_CASE("harvesters whose clocks are apart go by the server's", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    {
        const StoreFixture made(url);
    }
    PostgresDatabase looking({url, ""}, PostgresDatabase::Access::read);
    const ManualClock ahead("2101-01-01");
    const ManualClock behind("2001-01-01");
    const TempDir one;
    const TempDir other;
    const auto a = enter_postgres_fleet({url, ""}, one.path(), ahead, FleetTime::of_server);
    const auto b = enter_postgres_fleet({url, ""}, other.path(), behind, FleetTime::of_server);
    CHECK(b->take({Lease::Kind::job, "a"}));
    CHECK_FALSE(a->take_out_expired());
    CHECK_FALSE(a->take({Lease::Kind::job, "a"}));
    CHECK_FALSE(b->is_out());
    CHECK(looking.writers().size() == 2);
    for (const auto& writer : looking.writers())
        CHECK_FALSE(writer.is_overdue);
    const TempDir third;
    const auto by_hand = enter_postgres_fleet({url, ""}, third.path(), behind, FleetTime::of_clock);
    CHECK(a->take_out_expired()); // whose time ran out in 2001, as it says

    CHECK(b->reserve_call("a.example", "/x", 1, 60s).at == behind.now());
    const auto next = a->reserve_call("a.example", "/x", 1, 60s).at - ahead.now(); // in as many seconds, there
    CHECK(next >= 50s);
    CHECK(next <= 64s);
    b->hold("b.example", behind.now() + 100s);
    const auto held = a->reserve_call("b.example", "/x", 1, 60s);
    CHECK_FALSE(held.is_reserved);
    CHECK(held.at - ahead.now() >= 80s);
    CHECK(held.at - ahead.now() <= 101s);
}

TEST_CASE("calls to a host are counted over all, in the order in which they are asked for", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    StoreFixture a(url);
    StoreFixture b(url);
    const auto start = a.clock.now();
    const auto call = [&](StoreFixture& who, const std::string& path = "/x") {
        const auto given = who.store.fleet()->reserve_call("a.example", path, 3, 60s);
        return fmt::format("{}{}", (given.at - start).count(), given.is_reserved ? "" : " held");
    };
    CHECK(call(a) == "0");
    CHECK(call(b) == "0");
    CHECK(call(a) == "0");
    CHECK(call(a) == "62");
    CHECK(call(b) == "62"); // who comes later is behind, whatever it has asked for before
    CHECK(call(b) == "62");
    CHECK(call(b) == "124");
    b.clock.advance(10s);
    CHECK(call(b) == "124");
    b.store.fleet()->hold("a.example/y", start + 40s);
    CHECK(call(b, "/y") == "40 held");
    b.store.fleet()->hold("a.example", start + 30s);
    b.store.fleet()->hold("a.example", start + 20s);
    CHECK(call(a, "/z") == "30 held");
    CHECK(call(b, "/z") == "30 held");
    a.store.fleet()->lift_holds("a.example");
    CHECK(call(b, "/y") == "124");
    a.clock.set(start - std::chrono::hours(24)); // those from a day ahead are none of now
    const auto given = a.store.fleet()->reserve_call("a.example", "/x", 3, 60s);
    CHECK(given.at - a.clock.now() <= 62s);
}

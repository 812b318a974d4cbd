// The wrapper of PostgreSQL's library, on a server of the test's own.
#include "base/stopping.hpp"
#include "lib/postgres/batch.hpp"
#include "lib/postgres/copy.hpp"
#include "lib/postgres/statement.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <limits>
#include <thread>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

PostgresTarget new_target(PostgresServer& server)
{
    return {server.new_database(), ""};
}

std::int64_t count_of(PostgresConnection& connection, const std::string& table)
{
    PostgresStatement row(connection, "SELECT count(*) FROM " + table);
    row.step();
    return row.integer(0);
}

} // namespace

TEST_CASE("values go to PostgreSQL and come back as they are", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    PostgresConnection connection(new_target(*server));
    connection.exec("CREATE TABLE t (i BIGINT, r DOUBLE PRECISION, s TEXT, b BYTEA, small INTEGER)");
    const std::string bytes("\0\xff'\\", 4);
    PostgresStatement insert(connection, "INSERT INTO t VALUES ($1, $2, $3, $4, $5)");
    insert.bind(1, std::numeric_limits<std::int64_t>::min());
    insert.bind(2, 0.1);
    insert.bind(3, "Ålesund\n\"'");
    insert.bind(4, PostgresBytes{bytes});
    insert.bind(5, std::int64_t(-7));
    CHECK_FALSE(insert.step());
    PostgresStatement none(connection, "INSERT INTO t (i, s) VALUES ($1, $2)");
    none.bind(2, std::int64_t(12)); // a number into a column of text
    CHECK_FALSE(none.step());

    PostgresStatement row(connection, "SELECT i, r, s, b, small, i IS NULL FROM t ORDER BY i NULLS LAST");
    REQUIRE(row.step());
    CHECK(row.integer(0) == std::numeric_limits<std::int64_t>::min());
    CHECK(row.view(0) == "-9223372036854775808");
    CHECK(row.real(1) == 0.1);
    CHECK(row.view(2) == "Ålesund\n\"'");
    CHECK(row.view(3) == bytes);
    CHECK(row.integer(4) == -7);
    CHECK(row.integer(5) == 0);
    REQUIRE(row.step());
    CHECK(row.is_null(0));
    CHECK(row.integer(0) == 0);
    CHECK(row.view(2) == "12");
    CHECK(row.view(3).empty());
    CHECK(row.integer(5) == 1);
    CHECK_FALSE(row.step());
    CHECK(row.is_null(0)); // past the last there is none
    REQUIRE(row.step());   // and the next step begins anew

    PostgresStatement sum(connection, "SELECT sum(i), avg(small) FROM t WHERE small < $1");
    sum.bind(1, std::int64_t(0));
    REQUIRE(sum.step()); // of a type that is not read in binary form
    CHECK(sum.view(0) == "-9223372036854775808");
    CHECK(sum.integer(0) == std::numeric_limits<std::int64_t>::min());
    CHECK(sum.real(1) == -7);
}

TEST_CASE("what PostgreSQL refuses is told with what, where and what to do, and never with a password", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto target = new_target(*server);
    PostgresConnection connection(target);
    connection.exec("CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT)");
    CHECK_THAT(message_of([&] { connection.exec("SELECT nothing"); }),
               Contains("postgresql://" + server->folder().string()) && Contains("SELECT nothing: ") &&
                   Contains("(SQLSTATE 42703)"));
    PostgresStatement insert(connection, "INSERT INTO t VALUES ($1, $2)");
    const auto tried = [&](std::int64_t id, PostgresValue text) {
        insert.reset();
        insert.bind(1, id);
        insert.bind(2, std::move(text));
        return message_of([&] { insert.step(); });
    };
    CHECK(tried(1, "x").empty());
    CHECK_THAT(tried(1, "x"), Contains("SQLSTATE 23505"));
    CHECK_THAT(tried(2, std::string("a\0b", 3)), Contains("$2 is none of its type, or has a NUL byte"));
    CHECK_THAT(tried(2, "\xff"), Contains("SQLSTATE 22021"));
    CHECK_THAT(message_of([&] { insert.bind(1, "no number"), insert.step(); }), Contains("$1 is none of its type"));
    CHECK_THAT(message_of([&] { insert.bind(3, nullptr); }), Contains("$3 of 2"));
    CHECK_THAT(message_of([&] { PostgresStatement(connection, "SELECT CAST($1 AS DATE)"); }),
               Contains("a type (number 1082) that skurd does not bind"));

    const auto secret = PostgresTarget{server->url("nowhere"), "geheim"};
    const auto refused = message_of([&] { const PostgresConnection never(secret); });
    CHECK_THAT(refused, Contains("cannot connect") && Contains("nowhere") && !Contains("geheim"));
    for (const char* url : {"postgresql://a:geheim@b/c", "postgresql://b/c?password=geheim"})
        CHECK_THAT(message_of([&] { check_postgres_url(url); }),
                   Contains("has a password in it") && !Contains("geheim"));
    for (const char* url : {"postgresql://b/c?geheim=1", "host=b password=geheim", "postgresql://a:%zzgeheim@b/c"})
        CHECK_THAT(message_of([&] { check_postgres_url(url); }),
                   Contains("none that PostgreSQL's library takes") && !Contains("geheim"));
}

TEST_CASE("a transaction that failed inside is taken back, and its savepoint alone where there is one", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    PostgresConnection connection(new_target(*server));
    connection.exec("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    connection.begin("BEGIN");
    connection.exec("INSERT INTO t VALUES (1)");
    connection.begin("BEGIN");
    connection.exec("INSERT INTO t VALUES (2)");
    CHECK_FALSE(message_of([&] { connection.exec("INSERT INTO t VALUES (1)"); }).empty());
    CHECK_THAT(message_of([&] { connection.commit(); }), Contains("nothing of it is committed"));
    connection.roll_back();
    connection.commit();
    CHECK_FALSE(connection.in_transaction());
    CHECK(count_of(connection, "t") == 1);
    CHECK_FALSE(message_of([&] { connection.begin("BEGIN; SELECT 1/0"); }).empty());
    connection.exec("INSERT INTO t VALUES (3)"); // nothing that was begun is left open
    PostgresConnection other(connection.target());
    CHECK(count_of(other, "t") == 2);
}

TEST_CASE("rows go in and out by COPY in its binary form", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    PostgresConnection connection(new_target(*server));
    connection.exec("CREATE TABLE t (i BIGINT, s TEXT)");
    PostgresParameters row(connection, connection.plan("INSERT INTO t VALUES ($1, $2)"));
    const auto some = [&](std::int64_t from, std::int64_t to) {
        std::string rows;
        for (auto i = from; i < to; ++i) {
            row.bind(1, i);
            row.bind(2, i % 3 == 0 ? PostgresValue(nullptr) : PostgresValue(std::string(std::size_t(i % 50), 'x')));
            row.append_row(rows);
        }
        return rows;
    };
    const auto before = connection.round_trips();
    {
        PostgresCopyIn copy(connection, "t (i, s)");
        copy.put(some(0, 4'000));
        copy.put(some(4'000, 8'000));
        copy.finish();
    }
    CHECK(connection.round_trips() - before == 2); // however many rows
    {
        PostgresCopyIn given_up(connection, "t (i, s)");
        given_up.put(some(0, 100));
    }
    CHECK(count_of(connection, "t") == 8'000);
    {
        PostgresCopyIn malformed(connection, "t (i, s)");
        malformed.put("no row");
        CHECK_THAT(message_of([&] { malformed.finish(); }), Contains("SQLSTATE 22P04"));
    }
    std::int64_t expected = 0;
    {
        PostgresCopyOut out(connection, "SELECT i, s FROM t ORDER BY i");
        while (out.next() && out.values().size() == 2 &&
               decode_integer(postgres_type::integer8, *out.values()[0]) == expected &&
               out.values()[1].has_value() == (expected % 3 != 0))
            ++expected;
    }
    CHECK(expected == 8'000);
    {
        PostgresCopyOut left(connection, "SELECT i, s FROM t CROSS JOIN generate_series(1, 1000)");
        CHECK(left.next());
    }
    CHECK(count_of(connection, "t") == 8'000); // the connection goes on
}

TEST_CASE("many statements are sent before one is waited for", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    PostgresConnection connection(new_target(*server));
    connection.exec("CREATE TABLE t (i BIGINT PRIMARY KEY, s TEXT)");
    const auto* upsert = "INSERT INTO t VALUES ($1, $2) ON CONFLICT (i) DO UPDATE SET s = excluded.s";
    const auto run = [&](std::int64_t count, const std::string& text) {
        PostgresBatch batch(connection, upsert);
        for (std::int64_t i = 0; i < count; ++i) {
            batch.parameters().bind(1, i % 1000);
            batch.parameters().bind(2, text);
            batch.add();
        }
        batch.finish();
    };
    run(1, "first");
    const auto before = connection.round_trips();
    run(2000, "second");
    CHECK(connection.round_trips() - before == 4);
    CHECK(count_of(connection, "t WHERE s = 'second'") == 1000);
    CHECK_THAT(message_of([&] { run(700, std::string("\xff")); }), Contains("SQLSTATE 22021"));
    run(1, std::string(6 << 20, 'x')); // more than is sent before waiting
    CHECK(count_of(connection, "t WHERE length(s) = 6291456") == 1);
}

TEST_CASE("a stop cancels what the server works on, and what is done after it goes on", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    PostgresConnection connection(new_target(*server));
    std::stop_source stop;
    const StopScope scope(stop.get_token());
    PostgresConnection watcher(connection.target());
    std::jthread stopper([&] {
        PostgresStatement busy(watcher, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
                                        " AND state = 'active'");
        while (busy.step() && busy.integer(0) == 0)
            busy.reset();
        stop.request_stop();
    });
    PostgresStatement slow(connection, "SELECT pg_sleep(600)");
    CHECK_THROWS_AS(slow.step(), Stopped);
    stopper.join();
    PostgresStatement after(connection, "SELECT 1");
    CHECK(after.step());
}

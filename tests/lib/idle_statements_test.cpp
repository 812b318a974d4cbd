#include "lib/sqlite/connection.hpp"
#include "lib/sqlite/statement.hpp"
#include "support/catch.hpp"

#include <sqlite3.h>

using namespace skurd;

namespace {

/// Statements that the connection has, in use or not.
int statements_of(const SqliteConnection& connection)
{
    int count = 0;
    for (auto* at = sqlite3_next_stmt(connection.handle(), nullptr); at;
         at = sqlite3_next_stmt(connection.handle(), at))
        ++count;
    return count;
}

std::int64_t first(SqliteConnection& connection, std::string_view sql)
{
    SqliteStatement row(connection, sql);
    return row.step() ? row.integer(0) : -1;
}

} // namespace

TEST_CASE("a statement is prepared once, and used again without its values", "[lib]")
{
    SqliteConnection connection(":memory:", SqliteConnection::Access::write);
    constexpr std::string_view sql = "SELECT coalesce(?1, 7)";
    {
        SqliteStatement row(connection, sql);
        row.bind_integer(1, 3);
        REQUIRE(row.step());
        CHECK(row.integer(0) == 3);
    }
    CHECK(statements_of(connection) == 1);
    CHECK(first(connection, sql) == 7);
    CHECK(statements_of(connection) == 1);
}

TEST_CASE("two of the same text at once are two", "[lib]")
{
    SqliteConnection connection(":memory:", SqliteConnection::Access::write);
    connection.exec("CREATE TABLE numbers (value INTEGER); INSERT INTO numbers VALUES (1), (2)");
    constexpr std::string_view numbers = "SELECT value FROM numbers ORDER BY value";
    SqliteStatement outer(connection, numbers);
    REQUIRE(outer.step());
    CHECK(first(connection, numbers) == 1);
    REQUIRE(outer.step());
    CHECK(outer.integer(0) == 2);
    CHECK_THROWS(SqliteStatement(connection, "SELECT no_such_column FROM numbers")); // nothing of it is kept
    CHECK(statements_of(connection) == 2);
}

TEST_CASE("what changes the schema ends idle statements, and their number has a bound", "[lib]")
{
    SqliteConnection connection(":memory:", SqliteConnection::Access::write);
    connection.exec("CREATE TABLE numbers (value INTEGER); INSERT INTO numbers VALUES (1)");
    constexpr std::string_view all = "SELECT * FROM numbers";
    CHECK(first(connection, all) == 1);
    connection.exec("ALTER TABLE numbers ADD COLUMN more INTEGER");
    CHECK(SqliteStatement(connection, all).columns() == 2);
    SqliteStatement(connection, "ALTER TABLE numbers ADD COLUMN still_more INTEGER").step();
    CHECK(SqliteStatement(connection, all).columns() == 3);

    connection.begin(SqliteConnection::Purpose::write);
    SqliteStatement(connection, "ALTER TABLE numbers ADD COLUMN taken_back INTEGER").step();
    CHECK(SqliteStatement(connection, all).columns() == 4);
    connection.roll_back();
    CHECK(SqliteStatement(connection, all).columns() == 3);

    for (int i = 0; i < 100; ++i)
        first(connection, "SELECT " + std::to_string(i));
    CHECK(statements_of(connection) == 32);
    connection.give_back_memory();
    CHECK(statements_of(connection) == 0);
}

TEST_CASE("what SQLite does while it prepares is done each time", "[lib]")
{
    SqliteConnection connection(":memory:", SqliteConnection::Access::write);
    CHECK(first(connection, "PRAGMA foreign_keys") == 1);
    SqliteStatement(connection, "PRAGMA foreign_keys = OFF").step();
    CHECK(first(connection, "PRAGMA foreign_keys") == 0);
    CHECK(statements_of(connection) == 0);
}

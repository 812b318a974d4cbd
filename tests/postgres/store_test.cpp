// The store on PostgreSQL beside that on SQLite: the same statements, the same history, the same answers and views.
#include "base/text.hpp"
#include "store/engine/bulk_insert.hpp"
#include "store/person_store.hpp"
#include "store/postgres/postgres_database.hpp"
#include "tests/store/store_statements.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

std::vector<std::string> column(Database& database, const std::string& query)
{
    std::vector<std::string> found;
    Statement row(database, query);
    while (row.step())
        found.push_back(row.text(0));
    return found;
}

/// "name|name", of a table or view.
std::string columns_of(Database& database, const std::string& name, bool is_postgres)
{
    const auto names =
        column(database, is_postgres ? "SELECT attname FROM pg_attribute WHERE attrelid = '\"" + name +
                                           "\"'::regclass AND attnum > 0 ORDER BY attnum"
                                     : "SELECT name FROM pragma_table_info('" + name + "') ORDER BY cid");
    return join(names, "|");
}

/// All rows, in an order that both engines have. A real number is shown as what it is, not as an engine writes it.
std::vector<std::string> rows_of(Database& database, const std::string& view)
{
    std::vector<std::string> found;
    Statement row(database, "SELECT * FROM \"" + view + "\"");
    while (row.step()) {
        std::string fields;
        for (int i = 0; i < row.columns(); ++i) {
            const auto text = row.text(i);
            const bool is_real = text.find('.') != std::string::npos && Decimal::parse(text).has_value();
            fields += row.is_null(i) ? "NULL|" : (is_real ? fmt::format("{}", row.real(i)) : text) + "|";
        }
        found.push_back(fields);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> views_of(Database& database, bool is_postgres)
{
    auto found = column(database, is_postgres ? "SELECT viewname FROM pg_views WHERE schemaname = current_schema()"
                                              : "SELECT name FROM sqlite_schema WHERE type = 'view'");
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> tables_of(Database& database, bool is_postgres)
{
    auto found = column(database, is_postgres ? "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
                                                " AND tablename NOT IN ('configuration', 'configuration_file',"
                                                " 'configuration_text', 'lease', 'upgrade', 'writer')"
                                              : "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                                " AND name NOT LIKE 'sqlite#_%' ESCAPE '#'");
    std::sort(found.begin(), found.end());
    return found;
}

/// A history with one of everything, and numbers that only a text carries.
struct ToldMore : Told {
    explicit ToldMore(const std::string& url = "") : Told(url)
    {
        auto release = release_of({"2016", "2017", "2018"}, {{"9", {"284", ":", "3.10"}}, {"10", {"1", "2.5*", ""}}});
        accept(release, "2018-06-01");
        release = release_of({"2016", "2017", "2018"},
                             {{"9", {"284.00", "12345678901234567.8", "3.1"}}, {"10", {"missing", "2.5", "7"}}});
        release.dimensions[0].categories[0].label = "Ti, på nytt";
        accept(release, "2019-04-01");
        accept(release_of({"2016"}, {{"9", {"281"}}}), "2017-01-01"); // late
        auto other = release_of({"2016K1"}, {{"a b", {"-0.5"}}, {"Å", {"1000000"}}});
        other.dataset = "drop/En annen, med et navn som er lenger enn noen trenger å ha i en database";
        other.dimensions.push_back(
            {"En dimensjon med et langt navn", "Lang", Role::geo, {{"0", "Hele landet", "", {}}}, {}});
        accept(other, "2018-06-01");
    }
};

void check_refused(Database& database, const std::string& statement, const std::string& why)
{
    INFO(statement);
    CHECK_THAT(message_of([&] { Statement(database, statement).run(); }), Contains(why));
}

} // namespace

TEST_CASE("every statement of the store prepares on PostgreSQL", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    StoreFixture fixture(server->new_database());
    const auto all = statements();
    CHECK(all.size() > 250);
    for (const auto& sql : all) {
        INFO(sql.file << ": " << sql.text);
        CHECK(message_of([&] { Statement(fixture.store.database(), whole(sql.text)); }) == "");
    }
}

TEST_CASE("after the same history both engines have the same tables, views, rows and content head", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const ToldMore file;
    const ToldMore other(server->new_database());
    auto& sqlite = file.store.database();
    auto& postgres = other.store.database();

    CHECK(tables_of(postgres, true) == tables_of(sqlite, false));
    std::vector<std::string> name_dataset; // the tables whose rows do so in PostgreSQL alone
    for (const auto& table : tables_of(sqlite, false)) {
        INFO(table);
        auto names = columns_of(postgres, table, true);
        names = replace_all(names, "|exact", ""); // which PostgreSQL has beside them
        const auto of_file = columns_of(sqlite, table, false);
        if (names == of_file + "|dataset_id")
            name_dataset.push_back(table);
        else
            CHECK(names == of_file);
    }
    CHECK(name_dataset == std::vector<std::string>{"category", "chain", "correction", "observation", "series_code",
                                                   "series_state", "superseded"});
    const auto views = views_of(sqlite, false);
    CHECK(views.size() > 20);
    std::size_t empty = 0;
    const auto long_name = *std::max_element(views.begin(), views.end(),
                                             [](const auto& a, const auto& b) { return a.size() < b.size(); });
    REQUIRE(long_name.size() > 55);
    for (const auto& view : views) {
        INFO(view);
        const auto there = replace_all(view, long_name, long_name.substr(0, 55)); // names have 63 bytes there
        REQUIRE(columns_of(postgres, there, true) == columns_of(sqlite, view, false));
        auto rows = rows_of(sqlite, view);
        for (auto& row : rows)
            row = replace_all(row, long_name, long_name.substr(0, 55));
        CHECK(rows_of(postgres, there) == rows);
        empty += rows.empty() ? 1 : 0;
    }
    CHECK(views_of(postgres, true).size() == views.size());
    CHECK(empty < 12);

    const auto of_file = file.verify();
    const auto of_server = other.verify();
    CHECK(of_file.wrong == std::vector<std::string>());
    CHECK(of_server.wrong == std::vector<std::string>());
    CHECK(of_server.cells == of_file.cells);
    CHECK(of_server.vintages == of_file.vintages);
    CHECK(of_server.payloads == of_file.payloads);
    CHECK(of_server.content_head.size() == 64);
    CHECK(of_server.content_head == of_file.content_head);
    CHECK(other.read() == file.read());
}

TEST_CASE("a number stands beside its double as an exact one", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    StoreFixture fixture(server->new_database());
    fixture.accept(release_of({"2016", "2017", "2018"}, {{"1", {"0.10", "12345678901234567.8", ":"}}}), "2019-01-01");
    auto& database = fixture.store.database();
    CHECK(column(database, "SELECT coalesce(CAST(exact AS TEXT), 'none') FROM observation AS o JOIN period AS p"
                           " ON p.id = o.period_id ORDER BY p.text") ==
          std::vector<std::string>{"0.10", "12345678901234567.8", "none"});
    CHECK(database.integer("SELECT count(*) FROM observation WHERE exact * 10 = 1") == 1);
}

TEST_CASE("what was said on PostgreSQL is append-only, and verify finds what was rewritten all the same",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Told told(server->new_database());
    auto& database = told.store.database();
    check_refused(database, "UPDATE observation SET value = 1", "a changed number is a new row");
    check_refused(database, "DELETE FROM observation", "they are never deleted");
    check_refused(database, "UPDATE vintage SET published_at = '2011-01-01T00:00:00Z'",
                  "only last_confirmed_at moves");
    check_refused(database, "DELETE FROM payload", "payloads of releases and signed reports are append-only");
    check_refused(database, "UPDATE annotation SET actor = 'Ola'", "names may only be forgotten");
    check_refused(database, "UPDATE flag_event SET note = 'x'", "events of flags are append-only");
    check_refused(database, "INSERT INTO vintage SELECT * FROM vintage", "SQLSTATE 23505");

    PostgresDatabase forger({told.place.url, ""}, PostgresDatabase::Access::write);
    forger.exec("ALTER TABLE verdict DISABLE TRIGGER ALL; UPDATE verdict SET outcome = 'worse'");
    forger.exec(
        "CREATE OR REPLACE VIEW commits AS SELECT seq AS commit_seq, part, kind, 'x' AS dataset, at FROM commit_log");
    forger.exec("DROP TRIGGER chain_no_delete ON chain; CREATE TABLE mine (id BIGINT)");
    forger.exec("INSERT INTO series_code VALUES (4711, 1, 1, 1)");
    forger.exec("CREATE OR REPLACE VIEW \"data_drop_table\" AS SELECT * FROM \"data_drop_table\" LIMIT 1");
    const auto wrong = join(told.wrong(), "\n");
    CHECK_THAT(wrong, Contains("commit 3 is not what was sealed"));
    CHECK_THAT(wrong, Contains("the trigger verdict.verdict_no_update is not the one that skurd makes"));
    CHECK_THAT(wrong, Contains("the view commits is not the one that skurd makes"));
    CHECK_THAT(wrong, Contains("the trigger chain.chain_no_delete is gone"));
    CHECK_THAT(wrong, Contains("the column mine.id is not one of skurd's"));
    CHECK_THAT(wrong, Contains("table series_code: 1 rows point to a row of series that is not there"));
    CHECK_THAT(wrong, Contains("drop/table: its view is not there, or not what its dimensions make it"));
}

TEST_CASE("a writer whose connection the server cut says so, and a reader is refused writes", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    {
        StoreFixture first(url);
        first.accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
        PostgresDatabase other({url, ""}, PostgresDatabase::Access::write);
        other.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                   " AND datname = current_database()");
        CHECK_THAT(message_of([&] { first.read(); }), Contains("what was not committed is not in the store"));
    }
    const StoreFixture again(url);
    CHECK(again.read() == "1/2016=1");
    const StoreSession reader(again.place, StoreSession::Access::read, again.clock);
    CHECK_THAT(message_of([&] { PayloadStore(reader).store("x", "text/csv", "x"); }), Contains("opened for reading"));
}

TEST_CASE("payloads are in the database, and a name that is forgotten there is gone", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Told told(server->new_database());
    const auto payload = PayloadStore(told.store).store(std::string("a\0b\xff", 4), "text/csv", "x");
    CHECK(PayloadStore(told.store).bytes(payload.hash) == std::string("a\0b\xff", 4));
    CHECK_FALSE(PayloadStore(told.store).store(std::string("a\0b\xff", 4), "text/csv", "x").is_new);
    CHECK_FALSE(std::filesystem::exists(told.folder / "payloads"));
    PersonStore(told.store).forget("Kari");
    CHECK(told.wrong() == std::vector<std::string>());
    CHECK(told.store.database().integer("SELECT count(*) FROM annotation WHERE actor = 'Kari'") == 0);
}

TEST_CASE("a database that PostgreSQL sorts otherwise, a newer store and none at all are refused with what to do",
          "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    const StorePlace place = place_of("/nowhere", url);
    const ManualClock clock{"2020-01-01T12:00:00Z"};
    CHECK_FALSE(StoreSession::is_there(place));
    CHECK_THAT(message_of([&] { StoreSession(place, StoreSession::Access::read, clock); }),
               Contains("no store at postgresql://") && Contains("yet: run skurd harvest"));
    StoreFixture(std::string(url)).accept(release_of({"2016"}, {{"1", {"1"}}}), "2016-04-01");
    CHECK(StoreSession::is_there(place));
    PostgresDatabase database({url, ""}, PostgresDatabase::Access::write);
    database.exec("INSERT INTO migration VALUES (9999, 'x', 18, 'x', '2030-01-01T00:00:00Z')");
    CHECK_THAT(message_of([&] { StoreSession(place, StoreSession::Access::read, clock); }),
               Contains("has schema version 9999") && Contains("use a newer skurd"));
    database.exec("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    CHECK_THAT(message_of([&] { StoreFixture(server->url("latin")); }),
               Contains("is in LATIN1") && Contains("ENCODING 'UTF8' LOCALE 'C'"));
}

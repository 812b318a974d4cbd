// deploy/postgres/roles.sql: who may read what in a store on PostgreSQL.
#include "lib/postgres/connection.hpp"
#include "lib/postgres/statement.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/postgres_server.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A user's own connection.
PostgresConnection log_in(const PostgresServer& server, const std::string& database, const std::string& user)
{
    return PostgresConnection({"postgresql://" + user + "@/" + database + "?host=" + server.folder().string(), ""});
}

std::vector<std::string> names_in(PostgresConnection& connection, const std::string& query)
{
    PostgresStatement row(connection, query);
    std::vector<std::string> names;
    while (row.step())
        names.emplace_back(row.view(0));
    return names;
}

std::string reading(PostgresConnection& connection, const std::string& relation)
{
    try {
        connection.exec("SELECT * FROM \"" + relation + "\" LIMIT 1");
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

} // namespace

TEST_CASE("readers of a store on PostgreSQL see no people's names, and new datasets", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    const auto database = url.substr(url.find("@/") + 2, url.find('?') - url.find("@/") - 2);
    StoreFixture written(url);
    written.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    PostgresConnection owner({url, ""});
    const auto roles = read_file(SKURD_SOURCE_DIR "/deploy/postgres/roles.sql");
    owner.exec(roles);
    owner.exec(roles); // as after an upgrade
    for (const auto* user : {"analyst", "auditor"})
        if (names_in(owner, std::string("SELECT rolname FROM pg_roles WHERE rolname = '") + user + "'").empty())
            owner.exec(std::string("CREATE ROLE ") + user + " LOGIN");
    owner.exec("GRANT skurd_reader TO analyst; GRANT skurd_people TO auditor");
    auto later = release_of({"2019"}, {{"1", {"11"}}});
    later.dataset = "drop/later";
    written.accept(later, "2020-01-01");

    auto analyst = log_in(*server, database, "analyst");
    auto auditor = log_in(*server, database, "auditor");
    const auto views = names_in(owner, "SELECT viewname FROM pg_views WHERE schemaname = 'public'");
    CHECK(views.size() > 20);
    const std::set<std::string> with_names = {"annotations",      "corrected_observation", "flag_events",
                                              "observation_note", "open_correction",       "open_flag",
                                              "signed_reports"};
    for (const auto& view : views) {
        INFO(view);
        CHECK(reading(auditor, view).empty());
        if (with_names.contains(view))
            CHECK_THAT(reading(analyst, view), Contains("permission denied"));
        else
            CHECK(reading(analyst, view).empty());
    }
    CHECK(std::count(views.begin(), views.end(), "data_drop_later") == 1);
    for (const auto& table : names_in(owner, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
        INFO(table);
        CHECK(reading(auditor, table).empty());
        CHECK_THAT(reading(analyst, table), Contains("permission denied"));
    }
    for (auto* reader : {&analyst, &auditor})
        CHECK_THROWS_WITH(reader->exec("UPDATE source SET id = id"), Contains("permission denied"));
}

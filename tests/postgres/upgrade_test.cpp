// A store on PostgreSQL that an older skurd made is brought up without a row lost.
#include "store/copy_store.hpp"
#include "store/correction_store.hpp"
#include "store/engine/store_tables.hpp"
#include "store/postgres/postgres_database.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace skurd;
using namespace skurd::test;

namespace {

/// The steps up to that version, as they were.
std::string steps_to(std::size_t version)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/schema/postgres"))
        if (std::stoul(entry.path().filename().string()) <= version)
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::string all;
    for (const auto& file : files)
        all += read_file(file);
    return all;
}

/// What the store would be had a skurd of that version written it.
void make_older(PostgresDatabase& database, std::size_t version)
{
    database.exec("CREATE SCHEMA older; SET search_path = older");
    database.exec(steps_to(version));
    database.exec("SET session_replication_role = replica; DELETE FROM commit_counter; DELETE FROM status");
    for (const auto table : store_tables()) {
        if (table == "view_version" || table == "column_type")
            continue;
        std::string columns;
        for (const auto& column : database.tables()->columns("older." + std::string(table)))
            columns += (columns.empty() ? "" : ", ") + column.name;
        database.exec(fmt::format("INSERT INTO older.{0} ({1}) SELECT {1} FROM public.{0}{2}", table, columns,
                                  table == "migration" ? fmt::format(" WHERE version <= {}", version) : ""));
    }
    database.exec("SET session_replication_role = origin; UPDATE dataset SET view_name = NULL;"
                  " DROP SCHEMA public CASCADE; ALTER SCHEMA older RENAME TO public; SET search_path = public");
    database.tables()->go_on_after_ids();
}

} // namespace

TEST_CASE("a store on PostgreSQL of before rows named their dataset is brought up, and goes on",
          "[postgres][upgrade]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    Verification before;
    std::string said;
    {
        Told told(url);
        told.accept(release_of({"2016", "2017"}, {{"9", {"286", ":"}}, {"10", {"1", "2"}}}), "2019-04-01");
        Correction correction;
        correction.period = Period::year(2016);
        correction.expected = *Decimal::parse("286");
        correction.corrected = *Decimal::parse("287");
        correction.reason = "a slip";
        correction.actor = "Kari";
        CorrectionStore(told.store).add(Selector::parse("drop/table{nr=9}"), correction);
        before = told.verify();
        said = told.read();
    }
    {
        PostgresDatabase database({url, ""}, PostgresDatabase::Access::write);
        make_older(database, 23);
        REQUIRE(database.integer("SELECT count(*) FROM observation") > 3);
        REQUIRE(database.integer("SELECT count(*) FROM pg_attribute WHERE attrelid = 'observation'::regclass"
                                 " AND attname = 'dataset_id'") == 0);
    }
    StoreFixture upgraded(url);
    const auto after = StoreMaintenance(upgraded.store).verify();
    CHECK(before.wrong == std::vector<std::string>());
    CHECK(after.wrong == std::vector<std::string>());
    CHECK(after.content_head == before.content_head);
    CHECK(after.log_head == before.log_head);
    CHECK(after.cells == before.cells);
    CHECK(upgraded.read() == said);
    CHECK(CorrectionStore(upgraded.store).list("drop/table", Ended::left_out).size() == 1);
    upgraded.clock.advance(std::chrono::hours(10'000));
    upgraded.accept(release_of({"2016", "2018"}, {{"9", {"290", "1"}}, {"11", {"1", "1"}}}), "2020-04-01");
    CHECK(StoreMaintenance(upgraded.store).verify().wrong == std::vector<std::string>());
    CHECK(upgraded.store.database().integer("SELECT count(*) FROM \"data_drop_table\"") == 7);
}

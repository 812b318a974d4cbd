// A store on PostgreSQL is backed up, restored and published as one of SQLite is, and gives the same bytes.
#include "lib/openssl/sha256.hpp"
#include "publish/publish.hpp"
#include "store/restore.hpp"
#include "store/snapshot.hpp"
#include "tests/store/table_rows.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/postgres_server.hpp"

#include <map>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// Releases of two datasets with what changes views and words on the way; nobody's name, whose hash is salted.
struct Released : StoreFixture {
    explicit Released(const std::string& url = "") : StoreFixture(url)
    {
        accept(release_of({"2016", "2017"}, {{"9", {"284", ":"}}, {"10", {"1", "2.5*"}}}), "2018-06-01");
        auto other = release_of({"2016K1"}, {{"a b", {"-0.5"}}, {"Å", {"1000000"}}});
        other.dataset = "drop/another";
        accept(other, "2018-07-01");
        auto release =
            release_of({"2016", "2017"}, {{"9", {"284.00", "12345678901234567.8"}}, {"10", {"missing", "2.5"}}});
        release.dimensions[0].categories[0].label = "Ti, på nytt";
        release.dimensions.push_back({"sted", "Sted", Role::geo, {{"0", "Hele landet", "", {}}}, {}});
        accept(release, "2019-04-01");
        accept(release_of({"2016"}, {{"9", {"281"}}}), "2017-01-01"); // late
    }
};

std::string hash_of_snapshot(const StoreSession& store, PeoplesNames names)
{
    const TempDir folder;
    SnapshotStore(store).write(folder / "a.db", names);
    CHECK_FALSE(fs::exists(folder / "a.db.copy"));
    return Sha256::of(read_file(folder / "a.db"));
}

std::map<std::string, std::string> hashes_under(const fs::path& folder)
{
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            found.emplace(entry.path().lexically_relative(folder).string(), Sha256::of(read_file(entry.path())));
    return found;
}

} // namespace

TEST_CASE("after the same history a publication from PostgreSQL is that of SQLite to the byte", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Released file;
    const Released other(server->new_database());
    const TempDir folder;
    PublishRequest request;
    request.folder = folder / "of_file";
    const auto of_file = publish(file.store, request);
    request.folder = folder / "of_server";
    fs::create_directories(request.folder / ".publishing");
    write_file(request.folder / ".publishing/skurd.db.copy", "what a kill left");
    const auto of_server = publish(other.store, request);

    CHECK(of_server.snapshot.content_head == StoreMaintenance(other.store).heads().content);
    CHECK(of_server.snapshot.content_head == of_file.snapshot.content_head);
    CHECK(of_server.snapshot.log_head == of_file.snapshot.log_head);
    CHECK(of_server.files > 20);
    CHECK(hashes_under(of_server.folder) == hashes_under(of_file.folder));
    CHECK_FALSE(fs::exists(request.folder / ".publishing"));
    CHECK_FALSE(publish(other.store, request).is_new);
}

TEST_CASE("a store with one of everything gives the same snapshot on both engines", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Told told;
    const auto there = place_of(told.folder / "state", server->new_database());
    copy_store(told.place, there, told.clock);
    const StoreSession copy(there, StoreSession::Access::read, told.clock);
    for (const auto names : {PeoplesNames::left_out, PeoplesNames::included})
        CHECK(hash_of_snapshot(copy, names) == hash_of_snapshot(told.store, names));
}

TEST_CASE("a backup of a store on PostgreSQL goes back into a new database, and into a state folder", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Told told(server->new_database());
    const TempDir folder;
    const auto backup = folder / "backup.db";
    StoreMaintenance(told.store).back_up(backup);
    CHECK_FALSE(fs::exists(folder / "backup.db.part"));
    const auto rehearsed = rehearse_restore(backup, folder.path(), told.clock);
    CHECK(rehearsed.wrong == std::vector<std::string>());

    const auto original = told.verify();
    const auto back = place_of(folder / "state", server->new_database());
    const StorePlace in_file(folder / "other");
    for (const auto& place : {back, in_file}) {
        const auto restored = restore_backup(place, backup, told.clock);
        CHECK(restored.kept.empty());
        CHECK(restored.found.wrong == std::vector<std::string>());
        CHECK(restored.found.payloads == original.payloads);
        CHECK(restored.found.content_head == original.content_head);
        CHECK(restored.found.log_head == original.log_head);
    }
    CHECK_FALSE(fs::exists(folder / "state/skurd.db.restoring"));
    CHECK_FALSE(fs::exists(folder / "state/skurd.db"));
    const StoreSession again(back, StoreSession::Access::write, told.clock);
    CHECK(table_rows(again.database()) == table_rows(told.store.database()));
    const auto release = release_of({"2016"}, {{"9", {"300"}}});
    const auto payload = PayloadStore(again).store("more", "text/csv", "x");
    CHECK(VintageStore(again).ingest(release, published("2019-01-01"), Origin::drop, payload, 0).vintage->id == 3);
}

TEST_CASE("a backup is restored into a database whole or not at all, and only where nothing is", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Told told(server->new_database());
    const auto before = table_rows(told.store.database());
    const TempDir folder;
    const auto backup = folder / "backup.db";
    StoreMaintenance(told.store).back_up(backup);
    {
        const Told other(server->new_database());
        const auto rows = table_rows(other.store.database());
        const auto occupied = place_of(folder / "occupied", other.place.url);
        CHECK_THAT(message_of([&] { restore_backup(occupied, backup, told.clock); }),
                   Contains("there is a store already"));
        CHECK(table_rows(other.store.database()) == rows);
    }
    const auto occupied = place_of(folder / "occupied", server->new_database());
    restore_backup(occupied, backup, told.clock);
    CHECK_THAT(message_of([&] { restore_backup(occupied, backup, told.clock); }),
               Contains("there is a store already") && Contains("a new database"));

    forge(backup, "UPDATE observation SET value = 1 WHERE vintage_id = 1");
    const auto empty = place_of(folder / "empty", server->new_database());
    CHECK_THAT(message_of([&] { restore_backup(empty, backup, told.clock); }),
               Contains("its numbers are not those that were ingested"));
    CHECK_FALSE(fs::exists(folder / "empty/skurd.db.restoring"));
    const StoreSession nothing(empty, StoreSession::Access::read, told.clock);
    CHECK(nothing.database().integer("SELECT count(*) FROM dataset") == 0);
    CHECK(table_rows(told.store.database()) == before);
}

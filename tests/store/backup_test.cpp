#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

std::set<std::string> files_in(const fs::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.insert(entry.path().filename().string());
    return names;
}

/// A store with two releases, and a folder for backups.
struct BackupFixture : StoreFixture {
    BackupFixture()
    {
        accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
        accept(release_of({"2016"}, {{"1", {"2"}}}), "2019-04-01");
    }

    TempDir elsewhere;
    fs::path file = elsewhere / "backup.db";
};

} // namespace

TEST_CASE("a backup is one file with all there is, and in order", "[store]")
{
    BackupFixture fixture;
    std::vector<std::string> said;
    StoreMaintenance(fixture.store).back_up(fixture.file, [&](const auto& text) { said.push_back(text); });
    const auto backup = StoreSession::open_backup(fixture.file, fixture.clock);
    const auto found = StoreMaintenance(backup).verify();

    CHECK(files_in(fixture.elsewhere.path()) == std::set<std::string>{"backup.db"});
    CHECK(said.front().starts_with("database: "));
    CHECK(said.back() == "payload 2 of 2");
    CHECK(found.wrong.empty());
    CHECK(found.vintages == 2);
    CHECK(found.payloads == 2);
    CHECK(PayloadStore(backup).bytes(VintageStore(backup).list()[0].payload_hash) == "payload 1");
    CHECK(fixture.sql("SELECT count(*) FROM payload_file") == "0"); // the store itself is left as it was
}

TEST_CASE("a backup made while a writer writes has what was there before", "[store]")
{
    BackupFixture fixture;
    const StoreSession reader(fixture.folder.path(), StoreSession::Access::read, fixture.clock);
    {
        StoreSession::Transaction writing(fixture.store);
        fixture.accept(release_of({"2016"}, {{"1", {"3"}}}), "2020-01-01");
        StoreMaintenance(reader).back_up(fixture.file);
        writing.commit();
    }
    const auto backup = StoreSession::open_backup(fixture.file, fixture.clock);

    CHECK(fixture.read() == "1/2016=3");
    CHECK(VintageStore(backup).list().size() == 2);
    CHECK(StoreMaintenance(backup).verify().wrong.empty());
    CHECK(StoreMaintenance(backup).verify().payloads == 2);
}

TEST_CASE("a backup put in place is harvested on with, and backed up again", "[store]")
{
    BackupFixture fixture;
    StoreMaintenance(fixture.store).back_up(fixture.file);
    const TempDir place;
    fs::copy_file(fixture.file, place / "skurd.db");
    StoreSession store(place.path(), StoreSession::Access::write, fixture.clock);
    const auto third = PayloadStore(store).store("payload 3", "text/csv", "x");
    const auto accepted = VintageStore(store).ingest(release_of({"2016"}, {{"1", {"3"}}}), published("2020-01-01"),
                                                     Origin::drop, third, 0);
    const auto found = StoreMaintenance(store).verify();
    StoreMaintenance(store).back_up(place / "again.db");
    const auto again = StoreMaintenance(StoreSession::open_backup(place / "again.db", fixture.clock)).verify();

    CHECK(accepted.counts.revised == 1);
    CHECK(PayloadStore(store).bytes(VintageStore(store).list()[0].payload_hash) == "payload 1");
    CHECK(found.wrong.empty());
    CHECK(found.payloads == 3);
    CHECK(again.wrong.empty());
    CHECK(again.vintages == 3);
    CHECK(again.payloads == 3);
}

TEST_CASE("a payload that was lost is put back with its file from a folder, or the whole store from a backup",
          "[store]")
{
    BackupFixture fixture;
    StoreMaintenance(fixture.store).back_up(fixture.file);
    fs::remove_all(fixture.folder / "payloads");

    CHECK(StoreMaintenance(fixture.store).verify().wrong.size() == 2);
    CHECK(StoreMaintenance(StoreSession::open_backup(fixture.file, fixture.clock)).verify().wrong.empty());
}

TEST_CASE("what an attempt that was cut off left behind is in nobody's way", "[store]")
{
    BackupFixture fixture;
    for (const char* side : {"", "-journal", "-wal", "-shm"})
        write_file(fixture.file.string() + ".part" + side, std::string(10'000, 'x'));
    StoreMaintenance(fixture.store).back_up(fixture.file);

    CHECK(files_in(fixture.elsewhere.path()) == std::set<std::string>{"backup.db"});
    CHECK(StoreMaintenance(StoreSession::open_backup(fixture.file, fixture.clock)).verify().wrong.empty());
}

TEST_CASE("a backup that fails leaves the one before it and nothing of its own", "[store]")
{
    BackupFixture fixture;
    StoreMaintenance(fixture.store).back_up(fixture.file);
    const auto before = read_file(fixture.file);
    fs::remove_all(fixture.folder / "payloads");
    const auto no_payload = message_of([&] { StoreMaintenance(fixture.store).back_up(fixture.file); });
    const auto no_folder =
        message_of([&] { StoreMaintenance(fixture.store).back_up(fixture.elsewhere / "not/there.db"); });

    CHECK_THAT(no_payload, Contains("the payload's file is gone"));
    CHECK_THAT(no_folder, Contains("not/there.db.part"));
    CHECK(read_file(fixture.file) == before);
    CHECK(files_in(fixture.elsewhere.path()) == std::set<std::string>{"backup.db"});
}

TEST_CASE("what is no backup is not opened as one", "[store]")
{
    const TempDir folder;
    const ManualClock clock("2020-01-01");
    write_file(folder / "text.db", std::string(5000, 'x'));
    const auto open = [&](const char* name) {
        return message_of([&] { StoreSession::open_backup(folder / name, clock); });
    };

    CHECK_THAT(open("text.db"), Contains("text.db") && Contains("no database"));
    CHECK_THAT(open("none.db"), Contains("none.db: there is no such file"));
    CHECK_THAT(open(""), Contains("there is no such file"));
    CHECK(files_in(folder.path()) == std::set<std::string>{"text.db"});
}

#include "model/annotation.hpp"
#include "lib/openssl/sha256.hpp"
#include "store/annotation_store.hpp"
#include "store/maintenance.hpp"
#include "store/person_store.hpp"
#include "store/reader_views.hpp"
#include "store/snapshot.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

/// Two releases, and something that a person said of them.
struct SnapshotFixture : StoreFixture {
    SnapshotFixture()
    {
        accept(release_of({"2016"}, {{"1", {"1"}}, {"2", {":"}}}), "2018-04-01");
        accept(release_of({"2016"}, {{"1", {"2"}}, {"2", {"3.50"}}}), "2019-04-01");
    }

    std::string written(const std::string& name, PeoplesNames names = PeoplesNames::left_out)
    {
        SnapshotStore(store).write(elsewhere / name, names);
        return read_file(elsewhere / name);
    }

    std::string in(const std::string& name, const std::string& query) const
    {
        SqliteDatabase database(elsewhere / name, SqliteDatabase::Access::read);
        Statement statement(database, query);
        return statement.step() ? statement.text(0) : "";
    }

    Verification verified(const std::string& name) const
    {
        const auto snapshot = StoreSession::open_backup(elsewhere / name, clock);
        return StoreMaintenance(snapshot).verify();
    }

    TempDir elsewhere;
};

} // namespace

TEST_CASE("a snapshot has the views of the store, and verifies against the heads it carries", "[store]")
{
    SnapshotFixture fixture;
    const auto made = SnapshotStore(fixture.store).write(fixture.elsewhere / "a.db", PeoplesNames::left_out);
    const auto found = fixture.verified("a.db");
    const auto heads = StoreMaintenance(fixture.store).heads();
    const auto snapshot = StoreSession::open_backup(fixture.elsewhere / "a.db", fixture.clock);
    const auto said = SnapshotStore(snapshot).read();

    CHECK(found.wrong == std::vector<std::string>{});
    CHECK(found.vintages == 2);
    CHECK(found.payloads == 0);
    CHECK(found.payloads_removed == 2);
    CHECK(found.content_head == heads.content);
    CHECK(found.log_head == heads.log);
    CHECK(made.content_head == heads.content);
    REQUIRE(said);
    CHECK(said->commit_seq == made.commit_seq);
    CHECK(said->log_head == made.log_head);
    CHECK_FALSE(SnapshotStore(fixture.store).read());
    CHECK(fixture.in("a.db", "PRAGMA journal_mode") == "delete");
    CHECK(fixture.in("a.db", "PRAGMA user_version") == fixture.sql("PRAGMA user_version"));
    for (const auto& view : ReaderViews(fixture.store).list()) {
        INFO(view.name);
        const auto count = "SELECT count(*) FROM \"" + view.name + "\"";
        if (view.name != "source_health")
            CHECK(fixture.in("a.db", count) == fixture.sql(count));
    }
    CHECK(fixture.in("a.db", "SELECT group_concat(value) FROM current_observation") == "2.0,3.5");
}

TEST_CASE("a snapshot of the same commits is the same to the byte, whatever else happened meanwhile", "[store]")
{
    SnapshotFixture fixture;
    const auto first = fixture.written("a.db");
    fixture.accept(release_of({"2016"}, {{"1", {"2"}}, {"2", {"3.5"}}}), "2019-04-01"); // nothing new
    fixture.accept(release_of({"2016"}, {{"1", {"2"}}}), "2019-06-01");                 // likewise
    const auto confirmed = fixture.sql("SELECT count(*) FROM confirmation");
    const auto moved = fixture.sql("SELECT count(*) FROM vintage WHERE last_confirmed_at > observed_at");
    StoreMaintenance(fixture.store).back_up(fixture.elsewhere / "backup.db");
    const auto second = fixture.written("b.db");
    const auto backup = StoreSession::open_backup(fixture.elsewhere / "backup.db", fixture.clock);
    SnapshotStore(backup).write(fixture.elsewhere / "c.db", PeoplesNames::left_out);
    fixture.accept(release_of({"2016"}, {{"1", {"4"}}}), "2019-07-01");

    CHECK(confirmed != "0");
    CHECK(moved != "0");
    CHECK(Sha256::of(first) == Sha256::of(second));
    CHECK(Sha256::of(first) == Sha256::of(read_file(fixture.elsewhere / "c.db")));
    CHECK(Sha256::of(first) != Sha256::of(fixture.written("d.db")));
}

TEST_CASE("names of people are in a snapshot only where they are asked for, and its chains hold either way",
          "[store]")
{
    SnapshotFixture fixture;
    const auto first_vintage = VintageStore(fixture.store).list()[0].id;
    AnnotationStore annotations(fixture.store);
    Annotation annotation;
    annotation.kind = AnnotationKind::note;
    annotation.vintage = first_vintage;
    annotation.text = "seen";
    annotation.actor = "Kari Nordmann";
    annotations.add(Selector::parse("drop/table"), annotation);
    annotation.actor = "Ola Nordmann";
    annotations.add(Selector::parse("drop/table"), annotation);
    PersonStore(fixture.store).forget("Ola Nordmann");
    annotation.actor = "Per Hansen";
    annotations.add(Selector::parse("drop/table"), annotation);
    const auto without = fixture.written("a.db");
    const auto with = fixture.written("b.db", PeoplesNames::included);
    const auto salts = fixture.in("b.db", "SELECT count(*) FROM person WHERE salt <> ''");

    CHECK(without.find("Kari") == std::string::npos);
    CHECK(with.find("Kari") != std::string::npos);
    CHECK(with.find("Ola") == std::string::npos);
    CHECK(salts == "0");
    CHECK(fixture.verified("a.db").wrong == std::vector<std::string>{});
    CHECK(fixture.verified("b.db").wrong == std::vector<std::string>{});
    CHECK_THAT(fixture.in("a.db", "SELECT person FROM observation_note WHERE id = 1"), Catch::StartsWith("person-"));
    CHECK(fixture.in("b.db", "SELECT person FROM observation_note WHERE id = 1") == "Kari Nordmann");
}

TEST_CASE("a snapshot that was changed is found out", "[store]")
{
    SnapshotFixture fixture;
    fixture.written("a.db");
    forge(fixture.elsewhere / "a.db", "UPDATE observation SET value = 7 WHERE value = 2");
    fixture.written("b.db");
    forge(fixture.elsewhere / "b.db", "UPDATE snapshot SET content_head = 'x'");

    CHECK_FALSE(fixture.verified("a.db").wrong.empty());
    CHECK(fixture.verified("b.db").wrong ==
          std::vector<std::string>{
              "the heads of its chains are not those that the snapshot says it was published with"});
}

TEST_CASE("a store is not written from a snapshot, and nothing is published of an empty one", "[store]")
{
    SnapshotFixture fixture;
    SnapshotStore(fixture.store).write(fixture.elsewhere / "skurd.db", PeoplesNames::left_out);
    const auto before = read_file(fixture.elsewhere / "skurd.db");
    const TempDir folder;
    const StoreSession empty(folder.path(), StoreSession::Access::write, fixture.clock);

    CHECK_THROWS_WITH(StoreSession(fixture.elsewhere.path(), StoreSession::Access::write, fixture.clock),
                      Contains("is a published snapshot, made to be read"));
    CHECK(read_file(fixture.elsewhere / "skurd.db") == before);
    CHECK_THROWS_WITH(SnapshotStore(empty).write(folder / "a.db", PeoplesNames::left_out),
                      Contains("nothing was committed yet"));
    CHECK_FALSE(fs::exists(folder / "a.db"));
}

TEST_CASE("every table of the store is known to be in snapshots or not", "[store]")
{
    const std::set<std::string> left_out = {
        "run",          "run_payload",    "connector_state",  "series_state", "held_withdrawal", "expired_payload",
        "payload_file", "dataset_schema", "job_state",        "host_pace",    "host_call",       "evaluation_state",
        "drift",        "quarantine",     "quarantine_state", "job_due",      "notify_channel",  "outbox",
        "outage",       "outage_cause",   "clock_evidence",   "column_type",  "snapshot"};
    const auto source = read_file(SKURD_SOURCE_DIR "/src/store/sqlite/snapshot.cpp");
    StoreFixture fixture;
    SqliteDatabase database(fixture.folder / "skurd.db", SqliteDatabase::Access::read);
    Statement row(database, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (row.step()) {
        INFO(row.text(0));
        CHECK((source.find("{\"" + row.text(0) + "\"") != std::string::npos) != left_out.contains(row.text(0)));
    }
}

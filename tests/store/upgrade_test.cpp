// Stores of every schema version there was, brought up to today's.
#include "base/text.hpp"
#include "store/commit_store.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/maintenance.hpp"
#include "store/observation_store.hpp"
#include "store/pace_store.hpp"
#include "store/payload_store.hpp"
#include "store/restore.hpp"
#include "store/run_store.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/store_session.hpp"
#include "store/store_version.hpp"
#include "store/verdict_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/answers.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

const fs::path versions = SKURD_SOURCE_DIR "/tests/store/versions";

/// The folders of kept stores, by version.
std::map<std::size_t, fs::path> kept_stores()
{
    std::map<std::size_t, fs::path> found;
    for (const auto& entry : fs::directory_iterator(versions))
        if (entry.is_directory())
            found[std::stoul(entry.path().filename().string())] = entry.path();
    return found;
}

/// A state folder with a store of that version: a kept one, brought up by as many steps as it lacks.
void make_store(const fs::path& folder, std::size_t version)
{
    const auto kept = kept_stores();
    const auto& [kept_version, kept_folder] = *std::prev(kept.upper_bound(version));
    fs::copy(kept_folder / "payloads", folder / "payloads", fs::copy_options::recursive);
    SqliteDatabase database(folder / "skurd.db", SqliteDatabase::Access::write);
    database.exec(read_file(kept_folder / "skurd.sql"));
    database.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
    REQUIRE(database.integer("PRAGMA user_version") == static_cast<std::int64_t>(kept_version));
    migrate(database, ManualClock("2025-12-31"), version);
    REQUIRE(database.integer("PRAGMA user_version") == static_cast<std::int64_t>(version));
}

std::string numbers(const StoreSession& store, const AsOf& as_of = {})
{
    std::string text;
    for (const auto& found : ObservationStore(store).as_of(Selector::parse("drop/small"), as_of))
        text += found.codes[0].second + "/" + found.period.text() + "=" + StoreFixture::word(found.value) + " ";
    return text;
}

/// One number, of series 1 in 2016.
Release release_saying(std::string_view number)
{
    auto release = release_of({"2016"}, {{"1", {std::string(number)}}});
    release.dataset = "drop/small";
    return release;
}

IngestResult take(StoreSession& store, std::string_view number, std::string_view time)
{
    const auto payload = PayloadStore(store).store(fmt::format("{} {}", number, time), "text/csv", "x");
    return VintageStore(store).ingest(release_saying(number), published(time), Origin::drop, payload, 0);
}

constexpr auto newest = "1/2015=10.5 1/2016=12.0 1/2017=13.0 2/2015=7 2/2016=8 2/2017=123456789012345678 ";
constexpr auto first = "1/2015=10.5 1/2016=11.5 2/2015=7 2/2016=missing ";

std::int64_t version_of(const fs::path& folder)
{
    return SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::read).integer("PRAGMA user_version");
}

/// What makes a step fail late: a table of the name of something it creates near its end, or a column of that name;
/// or that it cannot be entered.
struct Obstacle {
    std::size_t from;
    const char* name;
    const char* step;
    const char* make = "CREATE TABLE {} (x)";
    const char* unmake = "DROP TABLE {}";
};
/// For a step that makes nothing.
constexpr auto no_more_steps = "CREATE TRIGGER {0} BEFORE INSERT ON migration BEGIN SELECT RAISE(ABORT, '{0}'); END";

const Obstacle obstacles[] = {
    {1, "metadata_history", "0002_any_order.sql"},
    {2, "observation_note", "0003_corrections.sql"},
    {3, "quarantine_job", "0004_sources.sql"},
    {4, "signed_rendering", "0005_reports.sql"},
    {5, "verdict_vintage", "0006_columns.sql"},
    {6, "label_version", "0007_claims.sql"},
    {7, "quarantine_state", "0008_quarantine_state.sql"},
    {8, "indicator_set_revised", "0009_definition_words.sql"},
    {9, "flag_origin", "0010_edited_rules.sql"},
    {10, "dimension_position", "0011_words_of_vintage.sql"},
    {11, "new_run", "0012_due.sql"},
    {12, "outage_cause", "0013_outbox.sql"},
    {13, "quarantine_payload", "0014_keeping.sql"},
    {14, "actor_uid", "0015_actor_uids.sql"},
    {15, "sign_off_signature", "0016_chains.sql"},
    {16, "clock_evidence", "0017_clock.sql"},
    {17, "commits", "0018_views.sql"},
    {18, "claim_confidence", "0019_quarantine_times.sql", "ALTER TABLE quarantine ADD COLUMN {} TEXT",
     "ALTER TABLE quarantine DROP COLUMN {}"},
    {19, "snapshot", "0020_snapshots.sql"},
    {20, "left_out_observations", "0021_licences.sql"},
    {21, "commit_log_ingest", "0022_fleet.sql"},
    {22, "observation_history", "0023_quicker_reading.sql", "DROP VIEW {}", "CREATE VIEW {} AS SELECT 1 AS x"},
    {23, "no_more_steps", "0024_datasets.sql", no_more_steps, "DROP TRIGGER {}"},
    {24, "no_more_steps", "0025_configuration.sql", no_more_steps, "DROP TRIGGER {}"}};

} // namespace

TEST_CASE("a store of every earlier version is brought up in place, keeps its numbers and goes on",
          "[store][upgrade]")
{
    ManualClock clock("2026-01-01");
    for (std::size_t version = 1; version < store_migrations().size(); ++version) {
        INFO("version " << version);
        const TempDir folder;
        make_store(folder.path(), version);
        const auto refused = message_of([&] { StoreSession(folder.path(), StoreSession::Access::read, clock); });
        StoreSession store(folder.path(), StoreSession::Access::write, clock);
        const auto upgraded = StoreMaintenance(store).verify();

        CHECK_THAT(refused, Contains("run skurd harvest to bring it up to date"));
        CHECK(version_of(folder.path()) == static_cast<std::int64_t>(store_migrations().size()));
        CHECK(upgraded.wrong.empty());
        CHECK(upgraded.vintages == 2);
        CHECK(upgraded.payloads == 3);
        CHECK(upgraded.cells > 0);
        CHECK(numbers(store) == newest);
        CHECK(numbers(store, {at("2018-03-31"), {}}) == first);
        CHECK(VintageStore(store).list("drop/small").at(1).last_confirmed_at == at("2019-05-01T10:00:00Z"));
        CHECK(RunStore(store).list("small", 10).size() == 3);
        CHECK(VerdictStore(store).newest(1).size() >= 4);
        CHECK(FlagStore(store).list(Ended::left_out).size() == 1);

        // The confirmation of April 2019 says again what was revised in between, so it becomes a vintage.
        const auto late = take(store, "11.9", "2018-10-01");
        const auto next = take(store, "12.5", "2020-04-01");
        CHECK(late.late);
        CHECK(late.counts.restored == 1);
        CHECK(next.counts.revised == 1);
        CHECK(VintageStore(store).list("drop/small").size() == 5);
        CHECK_THAT(numbers(store, {at("2018-12-31"), {}}), Contains("1/2016=11.9 "));
        CHECK(numbers(store, {at("2019-12-31"), {}}) == newest);
        CHECK_THAT(numbers(store), Contains("1/2016=12.5 "));
        const auto later = StoreMaintenance(store).verify();
        CHECK(later.wrong.empty());
        CHECK(later.vintages == 5);
    }
}

TEST_CASE("a store with history answers after the upgrade what it answered before", "[store][upgrade]")
{
    const fs::path kept = SKURD_SOURCE_DIR "/tests/store/history";
    const TempDir folder;
    fs::copy(kept / "payloads", folder / "payloads", fs::copy_options::recursive);
    SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::write).exec(read_file(kept / "skurd.sql"));
    ManualClock clock("2027-01-01");
    const StoreSession store(folder.path(), StoreSession::Access::write, clock);

    const auto now = answers(store);
    const auto before = read_file(kept / "answers.txt");
    const auto now_lines = split(now, '\n');
    const auto lines = split(before, '\n');
    CHECK(now_lines.size() == lines.size());
    for (std::size_t i = 0; i < std::min(now_lines.size(), lines.size()); ++i)
        CHECK(now_lines[i] == lines[i]);
    CHECK(StoreMaintenance(store).verify().wrong.empty());
}

TEST_CASE("what hid under keys with '@' is in columns after the upgrade", "[store][upgrade]")
{
    ManualClock clock("2026-01-01");
    const TempDir folder;
    make_store(folder.path(), 5);
    SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::write).exec(R"(
        DELETE FROM connector_state;
        INSERT INTO connector_state VALUES
            ('full', '@bytes', 'abc'), ('full', '@vintage', '2'), ('full', '@published', '2019-04-01T00:00:00Z'),
            ('full', '@announced', '2020-04-01T06:00:00Z'), ('full', 'etag', '3'),
            ('forced', '@bytes', ''), ('forced', '@vintage', ''), ('damaged', '@published', 'x'),
            ('damaged', '@vintage', '77'), ('plain', 'page', '1'),
            ('@pace', 'calls', 'a - 2025-03-03T08:19:55Z 2025-03-03T08:20:00Z' || char(10)
                || 'nonsense' || char(10) || char(10) || 'b 2025-03-03T08:20:30Z' || char(10) || 'c - x' || char(10)),
            ('@evaluated', 'vintage', '2'), ('@evaluated', 'catalogue', 'abc'), ('@evaluated', 'marks', '0/0'))");
    const StoreSession store(folder.path(), StoreSession::Access::write, clock);
    const JobStore jobs(store);

    CHECK(jobs.state("full") == JobState{{{"etag", "3"}}, "abc", 2, at("2019-04-01"), at("2020-04-01T06:00:00Z")});
    CHECK(jobs.state("forced") == JobState{});
    CHECK(jobs.state("damaged") == JobState{});
    CHECK(jobs.state("plain") == JobState{.connector = {{"page", "1"}}});
    CHECK(PaceStore(store).hosts() ==
          std::vector<HostPace>{{"a", {}, {at("2025-03-03T08:19:55Z"), at("2025-03-03T08:20:00Z")}},
                                {"b", at("2025-03-03T08:20:30Z"), {}}});
    CHECK(VerdictStore(store).evaluation_state() == EvaluationState{CommitStore(store).newest(), "abc", 1});
    CHECK(SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::read)
              .integer("SELECT count(*) FROM connector_state WHERE job LIKE '@%' OR name LIKE '@%'") == 0);
}

TEST_CASE("each migration is entered with when it was made, from what and by whom", "[store][upgrade]")
{
    ManualClock clock("2026-01-01");
    const TempDir folder;
    make_store(folder.path(), 12);
    const StoreSession store(folder.path(), StoreSession::Access::write, clock);
    Statement made(store.database(),
                   "SELECT version, from_version, name, program, at FROM migration ORDER BY version");
    REQUIRE(made.step());
    CHECK(made.integer(1) == made.integer(0) - 1);
    CHECK(made.text(2).ends_with(".sql"));
    CHECK(made.text(3) == SKURD_VERSION);
    CHECK(made.text(4) == "2026-01-01T00:00:00Z");
    CHECK(store.database().integer("SELECT max(version) FROM migration") ==
          static_cast<std::int64_t>(store_migrations().size()));
    Statement version(store.database(), "SELECT store_schema, views FROM store_version");
    REQUIRE(version.step());
    CHECK(version.integer(0) == static_cast<std::int64_t>(store_schema_version()));
    CHECK(version.integer(1) == views_version);
}

TEST_CASE("an older store is backed up as it is, and verified as a copy that is brought up to date",
          "[store][upgrade]")
{
    ManualClock clock("2026-01-01");
    for (std::size_t version = 6; version < store_migrations().size(); ++version) {
        INFO("version " << version);
        const TempDir folder;
        make_store(folder.path(), version);
        const auto database = folder / "skurd.db";
        const auto before = read_file(database);
        StoreMaintenance(StoreSession::open_to_copy(folder.path(), clock)).back_up(folder / "backup.db");
        const auto found = verify_older(folder.path(), folder.path(), clock);
        const auto rehearsed = rehearse_restore(folder / "backup.db", folder.path(), clock);

        CHECK(is_of_older_version(database));
        CHECK(is_of_older_version(folder / "backup.db"));
        CHECK(found.wrong.empty());
        CHECK(found.vintages == 2);
        CHECK(found.payloads == 3);
        CHECK(rehearsed.wrong.empty());
        CHECK(rehearsed.payloads == 3);
        CHECK(version_of(folder.path()) == static_cast<std::int64_t>(version));
        CHECK(read_file(database) == before);
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().filename().string().starts_with("skurd-rehearsal"))
                names.push_back(entry.path().string());
        CHECK(names.empty());
    }
}

TEST_CASE("a store that is too old to be copied, or damaged, is refused by its own name", "[store][upgrade]")
{
    ManualClock clock("2026-01-01");
    const TempDir folder;
    make_store(folder.path(), 3);
    CHECK_THAT(message_of([&] { StoreSession::open_to_copy(folder.path(), clock); }),
               Contains("has schema version 3, too old to be copied whole"));
    const TempDir damaged;
    make_store(damaged.path(), 12);
    SqliteDatabase(damaged / "skurd.db", SqliteDatabase::Access::write)
        .exec("DROP TRIGGER observation_no_update; UPDATE observation SET value = value + 1;"
              "PRAGMA wal_checkpoint(TRUNCATE)");
    const auto found = verify_older(damaged.path(), damaged.path(), clock);
    CHECK_FALSE(found.wrong.empty());
    for (const auto& wrong : found.wrong)
        CHECK_THAT(wrong, !Contains("rehearsal"));
}

TEST_CASE("a step that fails leaves the store as it was, says which it was, and may be tried again",
          "[store][upgrade]")
{
    ManualClock clock("2026-01-01");
    CHECK(std::size(obstacles) == store_migrations().size() - 1); // one for each step but the first
    for (const auto& [from, name, step, make, unmake] : obstacles) {
        INFO("from version " << from);
        const TempDir folder;
        make_store(folder.path(), from);
        const auto raw = [&](const std::string& sql) {
            SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::write).exec(sql);
        };
        raw(fmt::format(fmt::runtime(make), name));
        const auto before = read_file(folder / "skurd.db");
        const auto message = message_of([&] { StoreSession(folder.path(), StoreSession::Access::write, clock); });

        CHECK_THAT(message, Contains((folder / "skurd.db").string()) && Contains(step) && Contains(name) &&
                                Contains(fmt::format("and is as it was, of version {}", from)));
        CHECK(version_of(folder.path()) == static_cast<std::int64_t>(from));
        CHECK(read_file(folder / "skurd.db") == before);
        raw(fmt::format(fmt::runtime(unmake), name));
        const StoreSession store(folder.path(), StoreSession::Access::write, clock);
        CHECK(StoreMaintenance(store).verify().wrong.empty());
        CHECK(numbers(store) == newest);
    }
}

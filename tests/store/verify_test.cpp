// Damage of every kind, made behind skurd's back, and what verify says of it.
#include "lib/zstd/zstd.hpp"
#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/version/planned_releases.hpp"
#include "tests/version/store_on_trial.hpp"

#include <fmt/format.h>

#include <functional>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

/// A state folder with one of everything that a store can go through, and nobody who holds it.
class Sound {
public:
    Sound()
    {
        StoreSession store(folder_.path(), StoreSession::Access::write, clock_);
        store_ = &store;
        const std::vector<std::string> years = {"2015", "2016", "2017"};
        const auto first =
            release_of(years, {{"1", {"1", "2", ":"}}, {"2", {"3", "4.5", ""}}, {"3", {"5", "6", "7"}}},
                       Coverage::complete_selection);
        const auto second =
            release_of(years, {{"1", {"9", "2", ":"}}, {"2", {"3", "4.5", ""}}, {"3", {"5", "6", ""}}},
                       Coverage::complete_selection);
        take(first, "2016-04-01", Origin::harvest);                                          // 1
        take(second, "2018-04-01", Origin::harvest);                                         // 2: withdraws one
        take(second, "2019-04-01", Origin::harvest);                                         // 3: confirms
        take(release_of({"2015", "2016"}, {{"1", {"1", "8"}}}), "2017-04-01", Origin::drop); // 4: late
        take(release_of({"2016"}, {{"2", {"4.4"}}}), "2018-10-01", Origin::drop);            // 5: late, 3 turns
        take(release_of(years, {{"3", {"5.5", "6", "7"}}}), "2016-04-01", Origin::replay, "payload 1"); // 6
        take(release_of({"2018"}, {{"1", {"10"}}}), "2020-04-01", Origin::drop);                        // 7
        take(release_of({"2018"}, {{"1", {"10"}}}), "2020-05-01", Origin::drop);                        // 8: confirms
        store_ = nullptr; // NOLINT(*-prefer-member-initializer): the store is gone
    }

    Verification verify() const
    {
        return StoreMaintenance(StoreSession(folder_.path(), StoreSession::Access::read, clock_)).verify();
    }

    void raw(const std::string& sql) const { forge(folder_ / "skurd.db", sql); }

    fs::path payload_of(int vintage) const
    {
        SqliteDatabase database(folder_ / "skurd.db", SqliteDatabase::Access::read);
        Statement row(database, "SELECT payload_hash FROM vintage WHERE id = $1");
        REQUIRE(row.bind(vintage).step());
        return folder_ / "payloads" / row.text(0).substr(0, 2) / (row.text(0) + ".zst");
    }

    /// Turns the bits of the first row that was written to the table's first page.
    void flip(const std::string& table) const
    {
        const auto file = folder_ / "skurd.db";
        SqliteDatabase database(file, SqliteDatabase::Access::read);
        const auto page_size = static_cast<std::size_t>(database.integer("PRAGMA page_size"));
        const auto page = static_cast<std::size_t>(
            database.integer("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'"));
        auto bytes = read_file(file);
        for (std::size_t i = page * page_size - 30; i < page * page_size; ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x2a);
        write_file(file, bytes);
    }

    const TempDir& folder() const { return folder_; }

private:
    void take(const Release& release, std::string_view time, Origin origin, std::string bytes = "")
    {
        clock_.advance(std::chrono::hours(1));
        if (bytes.empty())
            bytes = "payload " + std::to_string(++payloads_);
        Run run;
        run.id = RunStore(*store_).start("job");
        const auto payload = PayloadStore(*store_).store(bytes, "text/csv", "x");
        RunStore(*store_).add_payload(run.id, payload);
        IngestRules rules;
        rules.agreement.withdrawals = true;
        const auto accepted = VintageStore(*store_).ingest(release, published(time), origin, payload, run.id, rules);
        run.outcome = accepted.vintage ? RunOutcome::new_vintage : RunOutcome::nothing_new;
        run.vintage = accepted.vintage ? accepted.vintage->id : 0;
        RunStore(*store_).finish(run);
    }

    TempDir folder_;
    ManualClock clock_{"2021-01-01T12:00:00Z"};
    StoreSession* store_ = nullptr; ///< while the constructor runs
    int payloads_ = 0;
};

struct Damage {
    const char* name;
    std::function<void(const Sound&)> make;
    const char* finding; ///< part of one of the findings
};

std::function<void(const Sound&)> sql(const char* statements)
{
    return [statements](const Sound& store) { store.raw(statements); };
}

const Damage damages[] = {
    {"a changed number", sql("UPDATE observation SET value = 77 WHERE series_id = 3 AND vintage_id = 1"),
     "drop/table: vintage 1, published 2016-04-01T00:00:00Z: its numbers are not those that were ingested"},
    {"a changed symbol",
     sql("UPDATE observation SET status_id = 0 WHERE status_id IN (SELECT id FROM status WHERE text = ':')"),
     "vintage 1, published 2016-04-01T00:00:00Z: its numbers are not those"},
    {"a number that is gone",
     sql("DELETE FROM observation WHERE series_id = 1 AND period_id = 2015 AND vintage_id = 2"),
     "vintage 2, published 2018-04-01T00:00:00Z: its numbers are not those"},
    {"a withdrawal that is gone",
     sql("DELETE FROM observation WHERE status_id = (SELECT id FROM status WHERE meaning = 'withdrawn')"),
     "vintage 2, published 2018-04-01T00:00:00Z: 1 cells that it withdrew are there"},
    {"a row that a late release gave a confirmation is gone", sql("DELETE FROM observation WHERE vintage_id = 3"),
     "vintage 3, published 2019-04-01T00:00:00Z: its numbers are not those"},
    {"a number that a release never stated",
     sql("INSERT INTO observation SELECT 0, 3, period_id, 7, value, decimals, value_text, status_id FROM observation"
         " WHERE vintage_id = 7"),
     "vintage 7: has 1 rows of cells that it said nothing of"},
    {"a withdrawal that no release meant",
     sql("INSERT INTO observation SELECT 0, 1, 2015, 7, NULL, 0, NULL, id FROM status WHERE meaning = 'withdrawn'"),
     "vintage 7: has 1 rows of cells that it said nothing of"},
    {"another number added to what a release stated",
     sql("INSERT INTO observation SELECT 0, 3, 2016, 2, 55, 0, NULL, 0"),
     "vintage 2, published 2018-04-01T00:00:00Z: its numbers are not those"},
    {"an observation of a series that is not there", sql("DELETE FROM series WHERE id = 3"),
     "observations point to a series that is not there"},
    {"another time of publication", sql("UPDATE vintage SET published_at = '2016-03-01T00:00:00Z' WHERE id = 1"),
     "drop/table: what was published in commit 1 of "},
    {"another count", sql("UPDATE vintage SET withdrawn = 0 WHERE id = 2"),
     "drop/table: what was published in commit 2 of "},
    {"another payload",
     sql("UPDATE vintage SET payload_hash = (SELECT payload_hash FROM vintage WHERE id = 7)"
         " WHERE id = 2"),
     "drop/table: what was published in commit 2 of "},
    {"a vintage that is gone", sql("DELETE FROM vintage WHERE id = 4"), "commit 3 is not what was sealed: a row of "},
    {"the last vintage gone",
     sql("DELETE FROM observation WHERE vintage_id = 7;"
         "DELETE FROM confirmation WHERE vintage_id = 7; DELETE FROM vintage WHERE id = 7"),
     "points to a row of vintage that is not there"},
    {"a link of the content chain taken out", sql("DELETE FROM content_chain WHERE commit_seq = 2"),
     "is not in the chain over what was published"},
    {"a link of the log chain taken out", sql("DELETE FROM log_chain WHERE position = 2"),
     "the chain over what was done has no link 2: one was taken out"},
    {"the last link of the log chain taken out",
     sql("DELETE FROM log_chain WHERE position = (SELECT max(position) FROM log_chain)"),
     "run 8 is not in the chain over what was done"},
    {"another hash in the log chain", sql("UPDATE log_chain SET hash = 'x' WHERE position = 3"),
     "link 3 of the chain over what was done"},
    {"another coverage", sql("UPDATE coverage SET periods = '2015-2016' WHERE periods = '2015-2017'"),
     "is not what its hash says"},
    {"another cached state", sql("UPDATE series_state SET cells = x'' WHERE series_id = 1"),
     "drop/table: series 1: the newest states cached of it are not those of its rows"},
    {"a cached state that is no state", sql("UPDATE series_state SET cells = x'8081' WHERE series_id = 1"),
     "drop/table: the store's cache of states is damaged"},
    {"rows in a band that the dataset has not", sql("UPDATE observation SET band = 9 WHERE vintage_id = 7"),
     "1 observations stand where nothing reads them"},
    {"a reference to nowhere", sql("UPDATE confirmation SET run_id = 99 WHERE id = 8"),
     "table confirmation, row 8: points to a row of run that is not there"},
    {"a payload's file gone", [](const Sound& store) { fs::remove(store.payload_of(1)); },
     "the payload's file is gone"},
    {"a payload's file cut off",
     [](const Sound& store) { fs::resize_file(store.payload_of(1), fs::file_size(store.payload_of(1)) - 1); },
     "the payload is damaged"},
    {"two payloads' files swapped",
     [](const Sound& store) { write_file(store.payload_of(1), read_file(store.payload_of(2))); },
     "its bytes are not those it is named for"},
    {"bits turned among the observations", [](const Sound& store) { store.flip("observation"); }, ""},
    {"bits turned among the vintages", [](const Sound& store) { store.flip("vintage"); }, ""},
    {"bits turned in the content chain", [](const Sound& store) { store.flip("content_chain"); }, ""},
    {"bits turned in the log chain", [](const Sound& store) { store.flip("log_chain"); }, ""},
    {"bits turned in the coverages", [](const Sound& store) { store.flip("coverage"); }, ""},
    {"bits turned in the cache", [](const Sound& store) { store.flip("series_state"); }, ""},
};

std::string lines(const std::vector<std::string>& texts)
{
    return fmt::format("{}\n", fmt::join(texts, "\n"));
}

} // namespace

TEST_CASE("a store that has been through everything is in order, and verify counts what it checked", "[store]")
{
    const Sound store;
    const auto found = store.verify();

    CHECK(lines(found.wrong) == "\n");
    CHECK(found.vintages == 7); // with the confirmation that became one
    CHECK(found.payloads == 7);
    CHECK(found.payloads_removed == 0);
    CHECK(found.unchecked == 0);
    CHECK(found.cells == 9 + 9 + 2 + 1 + 3 + 1 + 9);
}

TEST_CASE("verify says what is being checked", "[store]")
{
    const Sound store;
    const ManualClock clock("2021-01-02");
    std::vector<std::string> said;
    StoreMaintenance(StoreSession(store.folder().path(), StoreSession::Access::read, clock))
        .verify([&](const auto& text) { said.push_back(text); });

    CHECK_THAT(lines(said), Contains("verifying the database's own check") && Contains("verifying the payloads") &&
                                Contains("verifying drop/table: 7 vintages, 0 of 3 series"));
}

TEST_CASE("every kind of damage is found and named", "[store]")
{
    for (const auto& damage : damages) {
        const Sound store;
        damage.make(store);
        const auto found = store.verify();
        INFO(damage.name << ":\n" << lines(found.wrong));
        CHECK_FALSE(found.wrong.empty());
        CHECK_THAT(lines(found.wrong), Contains(damage.finding));
    }
}

TEST_CASE("a store with damage everywhere is not described to its end", "[store]")
{
    const Sound store;
    store.raw(
        "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
        " INSERT INTO confirmation SELECT n.i, dataset_id, vintage_id, n.i, claimed_at, claimed_field,"
        " published_at, published_field, confidence, observed_at, origin, payload_hash, content_hash, value_hash,"
        " coverage, coverage_id, 99, cells"
        " FROM confirmation AS c, n WHERE c.id = 8");
    CHECK(store.verify().wrong.size() == 100);
}

TEST_CASE("whatever came in whatever order, the store is in order", "[store]")
{
    StoreOnTrial tried;
    const unsigned first_seed = 20180401;
    const unsigned sequences = 300;
    std::size_t vintages = 0;
    for (unsigned seed = first_seed; seed < first_seed + sequences; ++seed) {
        tried.begin();
        std::string arrived;
        for (const auto& planned : SequenceMaker(seed).sequence())
            if (!planned.said.empty() && tried.ingest(planned))
                arrived += planned.text();
        const auto found = StoreMaintenance(tried.session()).verify();
        tried.end();
        vintages += found.vintages;
        if (!found.wrong.empty())
            FAIL_CHECK("seed " << seed << "\n" << arrived << lines(found.wrong));
    }
    CHECK(vintages > 2UL * sequences);
}

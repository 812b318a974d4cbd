// Which payloads expire, and what of it is noticed afterwards: nothing.
#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr auto day = std::chrono::hours(24);

/// A store that five runs have been through, one a day, each given a payload "metadata N" and a payload "data N".
struct RetentionFixture : StoreFixture {
    RetentionFixture()
    {
        run("1", "2018-04-01"); // data 1: a vintage
        run("1", "2018-05-01"); // data 2: confirms
        run("", "");            // data 3: refused before it became a release
        run("2", "2018-06-01"); // data 4: a vintage
        run("2", "2018-07-01"); // data 5: confirms
    }

    void run(const std::string& number, std::string_view time)
    {
        clock.advance(day);
        const auto nr = std::to_string(++runs);
        const auto id = RunStore(store).start("job");
        const auto metadata = PayloadStore(store).store("metadata " + nr, "text/csv", "x");
        const auto data = PayloadStore(store).store("data " + nr, "text/csv", "x");
        RunStore(store).add_payload(id, metadata);
        RunStore(store).add_payload(id, data);
        if (!number.empty())
            VintageStore(store).ingest(release_of({"2016"}, {{"1", {number}}}), published(time), Origin::harvest,
                                       data, id);
    }

    /// The payloads that are there, by what is in them.
    std::string kept() const
    {
        std::string text;
        for (int run = 1; run <= runs; ++run)
            for (const auto& hash : RunStore(store).payloads(run))
                try {
                    text += PayloadStore(store).bytes(hash) + ", ";
                } catch (const Error&) {
                }
        return text;
    }

    int runs = 0;
};

PayloadRetention others_for(int days)
{
    return {std::chrono::days(days)};
}

} // namespace

TEST_CASE("all payloads stay where nothing else is said", "[store]")
{
    RetentionFixture fixture;
    fixture.clock.advance(1000 * day);
    const auto gone = PayloadStore(fixture.store).expire({});

    CHECK(gone == 0);
    CHECK(fixture.kept() == "metadata 1, data 1, metadata 2, data 2, metadata 3, data 3, metadata 4, data 4, "
                            "metadata 5, data 5, ");
}

TEST_CASE("what a run was given that made a vintage stays, the rest expires at once or when it is old", "[store]")
{
    RetentionFixture fixture;
    const auto old = PayloadStore(fixture.store).expire(others_for(2)); // of runs 2 and 3
    const auto after_two_days = fixture.kept();
    const auto again = PayloadStore(fixture.store).expire(others_for(2));
    const auto rest = PayloadStore(fixture.store).expire(others_for(0));

    CHECK(old == 4);
    CHECK(after_two_days == "metadata 1, data 1, metadata 4, data 4, metadata 5, data 5, ");
    CHECK(again == 0);
    CHECK(rest == 2);
    CHECK(fixture.kept() == "metadata 1, data 1, metadata 4, data 4, ");
    CHECK(fixture.sql(
              "SELECT group_concat(reason) FROM (SELECT DISTINCT reason FROM expired_payload ORDER BY reason)") ==
          "made no vintage,made no vintage in 2 days");
    const auto found = StoreMaintenance(fixture.store).verify();
    CHECK(found.wrong.empty());
    CHECK(found.payloads == 4);
    CHECK(found.payloads_removed == 6);
}

TEST_CASE("a payload that expired says so, and is stored again when it comes again", "[store]")
{
    RetentionFixture fixture;
    PayloadStore(fixture.store).expire(others_for(0));
    const auto hash = RunStore(fixture.store).payloads(2).at(1);
    const auto message = message_of([&] { PayloadStore(fixture.store).bytes(hash); });
    const auto again = PayloadStore(fixture.store).store("data 2", "text/csv", "x");

    CHECK_THAT(message, Contains(hash) && Contains("expired on 2020-01-06: it made no vintage"));
    CHECK(again.hash == hash);
    CHECK_FALSE(again.is_new);
    CHECK(PayloadStore(fixture.store).bytes(hash) == "data 2");
    const auto found = StoreMaintenance(fixture.store).verify();
    CHECK(found.wrong.empty());
    CHECK(found.payloads == 5);
    CHECK(found.payloads_removed == 5);
}

TEST_CASE("a confirmation whose payload expired may still become a vintage", "[store]")
{
    RetentionFixture fixture;
    PayloadStore(fixture.store).expire(others_for(0));
    const auto late = fixture.accept(release_of({"2016"}, {{"1", {"7"}}}), "2018-04-15");
    const auto found = StoreMaintenance(fixture.store).verify();

    CHECK(late.counts.restored == 1); // run 2's confirmation of May says again what was said in April
    CHECK(found.wrong.empty());
    CHECK(found.vintages == 4);
    CHECK(PayloadStore(fixture.store).expire(others_for(0)) == 0);
    CHECK(fixture.read("drop/table", {at("2018-05-02"), {}}) == "1/2016=1");
}

TEST_CASE("a backup of a store that let payloads go is in order", "[store]")
{
    RetentionFixture fixture;
    PayloadStore(fixture.store).expire(others_for(0));
    StoreMaintenance(fixture.store).back_up(fixture.folder / "backup.db");
    const auto found =
        StoreMaintenance(StoreSession::open_backup(fixture.folder / "backup.db", fixture.clock)).verify();

    CHECK(found.wrong.empty());
    CHECK(found.payloads == 4);
    CHECK(found.payloads_removed == 6);
}

TEST_CASE("payloads that expire while a backup or an inspection runs are missed by neither", "[store]")
{
    RetentionFixture fixture;
    const StoreSession reader(fixture.folder.path(), StoreSession::Access::read, fixture.clock);
    const auto let_go_at = [&](std::string_view moment, int days) {
        return [&fixture, moment, days](const std::string& text) {
            if (text == moment)
                PayloadStore(fixture.store).expire(others_for(days));
        };
    };
    StoreMaintenance(reader).back_up(fixture.folder / "backup.db", let_go_at("payload 1 of 10", 2));
    const auto backup =
        StoreMaintenance(StoreSession::open_backup(fixture.folder / "backup.db", fixture.clock)).verify();
    const auto inspected = StoreMaintenance(reader).verify(let_go_at("verifying the payloads", 0));

    CHECK(backup.wrong.empty());
    CHECK(backup.payloads == 6);
    CHECK(backup.payloads_removed == 4);
    CHECK(inspected.wrong.empty());
    CHECK(inspected.payloads == 4);
    CHECK(inspected.payloads_removed == 6);
}

TEST_CASE("a store put back from a backup lets payloads go too", "[store]")
{
    RetentionFixture fixture;
    StoreMaintenance(fixture.store).back_up(fixture.folder / "backup.db");
    const TempDir place;
    std::filesystem::copy_file(fixture.folder / "backup.db", place / "skurd.db");
    StoreSession store(place.path(), StoreSession::Access::write, fixture.clock);
    const auto hash = RunStore(store).payloads(2).at(1);
    const auto gone = PayloadStore(store).expire(others_for(0));

    CHECK(gone == 6);
    CHECK_THAT(message_of([&] { PayloadStore(store).bytes(hash); }), Contains("expired"));
    CHECK(StoreMaintenance(store).verify().wrong.empty());
}

TEST_CASE("what was refused, and what is held, stays to be read", "[store]")
{
    RetentionFixture fixture;
    const auto refused = RunStore(fixture.store).payloads(3).at(1);
    const auto held = RunStore(fixture.store).payloads(5).at(1);
    QuarantineStore(fixture.store).add({0, "job", refused, "file", "not a table", fixture.clock.now()});
    SqliteDatabase(fixture.folder / "skurd.db", SqliteDatabase::Access::write)
        .exec("INSERT INTO held_withdrawal (dataset_id, cells_hash, withdrawn, known, payload_hash, seen_at)"
              " VALUES (1, 'x', 1, 1, '" +
              held + "', '2020-01-06T12:00:00Z')");

    CHECK(PayloadStore(fixture.store).expire(others_for(0)) == 4);
    CHECK(PayloadStore(fixture.store).bytes(refused) == "data 3");
    CHECK(PayloadStore(fixture.store).bytes(held) == "data 5");
}

// What the store gathers has bounds; what was published and what people said has none.
#include "store/annotation_store.hpp"
#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/store_bounds.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

constexpr auto day = std::chrono::hours(24);

struct BoundsFixture : StoreFixture {
    /// A run a day; what it was given is "payload N".
    std::int64_t run(const std::string& job, RunOutcome outcome, const std::string& number = "")
    {
        clock.advance(day);
        Run run;
        run.job = job;
        run.id = RunStore(store).start(job);
        const auto payload = PayloadStore(store).store(fmt::format("payload {}", ++payloads), "text/csv", "x");
        RunStore(store).add_payload(run.id, payload);
        if (!number.empty())
            run.vintage = VintageStore(store)
                              .ingest(release_of({"2016"}, {{"1", {number}}}), published(format_time(clock.now())),
                                      Origin::harvest, payload, run.id)
                              .vintage->id;
        run.outcome = outcome;
        run.finished_at = clock.now();
        RunStore(store).finish(run);
        return run.id;
    }

    std::size_t keep(const StoreBounds& bounds)
    {
        StoreBoundsKeeper keeper(store, bounds);
        std::size_t removed = 0;
        for (std::size_t more = 1; more > 0; removed += more)
            more = keeper.step();
        return removed;
    }

    std::string ids(const std::string& job) const
    {
        std::string text;
        for (const auto& run : RunStore(store).list(job, 1000))
            text = fmt::format("{} {}", run.id, text);
        return text;
    }

    std::size_t files() const
    {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "payloads"))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }

    int payloads = 0;
};

StoreBounds bounds_of(std::size_t runs, int days)
{
    return {runs, std::chrono::days(days), std::chrono::days(days)};
}

} // namespace

TEST_CASE("runs beyond number and age go, with what only they were given", "[store]")
{
    BoundsFixture here;
    for (int i = 0; i < 20; ++i)
        here.run("a", RunOutcome::nothing_new); // 1 to 20
    for (int i = 0; i < 3; ++i)
        here.run("b", RunOutcome::nothing_new); // 21 to 23
    const auto young = here.keep(bounds_of(5, 400));
    const auto few = here.keep(bounds_of(100, 1));
    const auto gone = here.keep(bounds_of(5, 7));

    CHECK(young == 0);
    CHECK(few == 0);
    CHECK(gone == 15);
    CHECK(here.ids("a") == "16 17 18 19 20 ");
    CHECK(here.ids("b") == "21 22 23 ");
    CHECK(here.files() == 8);
    CHECK(here.sql("SELECT count(*) FROM payload") == "8");
    CHECK(here.sql("SELECT count(*) FROM run_payload") == "8");
    CHECK(StoreMaintenance(here.store).verify().wrong.empty());
    CHECK(here.keep(bounds_of(5, 7)) == 0);
}

TEST_CASE("what has nothing beyond its bounds is not written to", "[store]")
{
    BoundsFixture here;
    here.run("a", RunOutcome::nothing_new);
    const auto size = std::filesystem::file_size(here.folder / "skurd.db-wal");
    CHECK(here.keep(bounds_of(1, 1)) == 0);
    CHECK(std::filesystem::file_size(here.folder / "skurd.db-wal") == size);
}

TEST_CASE("what was published and what people said is kept for ever, whatever the bounds are", "[store]")
{
    BoundsFixture here;
    const auto first = here.run("a", RunOutcome::new_vintage, "1");
    const auto second = here.run("a", RunOutcome::new_vintage, "2");
    Annotation said;
    said.kind = AnnotationKind::note;
    said.period = Period::from_text("2016");
    said.text = "a word";
    said.actor = "anna";
    AnnotationStore(here.store).add(Selector::parse("drop/table"), said);
    const auto success = here.run("a", RunOutcome::nothing_new);
    for (int i = 0; i < 5; ++i)
        here.run("a", RunOutcome::failed);
    here.clock.advance(10'000 * day);
    here.keep(bounds_of(1, 1));

    CHECK(here.ids("a") == fmt::format("{} {} {} {} ", first, second, success, success + 5));
    CHECK(VintageStore(here.store).list().size() == 2);
    CHECK(PayloadStore(here.store).bytes(VintageStore(here.store).list()[0].payload_hash) == "payload 1");
    CHECK(here.sql("SELECT text FROM annotation") == "a word");
    CHECK(RunStore(here.store).health().at(0).last_success.has_value());
    CHECK(StoreMaintenance(here.store).verify().wrong.empty());
    // Nothing of it can be taken out by hand either, but with force.
    for (const auto* wish :
         {"DELETE FROM vintage", "DELETE FROM annotation", "DELETE FROM run_payload WHERE run_id = 1",
          "DELETE FROM payload WHERE hash IN (SELECT payload_hash FROM vintage)", "DELETE FROM observation"}) {
        INFO(wish);
        CHECK_THAT(message_of([&] { Statement(here.store.database(), wish).run(); }),
                   Contains("append-only") || Contains("stays"));
    }
}

TEST_CASE("an entry in quarantine goes some time after it ended, with the bytes that only it kept", "[store]")
{
    BoundsFixture here;
    const auto run = here.run("a", RunOutcome::failed);
    const auto hash = RunStore(here.store).payloads(run).at(0);
    Quarantined refused;
    refused.job = "a";
    refused.payload_hash = hash;
    refused.reason = "cannot be read";
    refused.run = run;
    QuarantineStore(here.store).add(refused, {{"etag", "1"}});
    here.clock.advance(1000 * day);
    const auto waits = here.keep(bounds_of(10, 30));
    QuarantineStore(here.store).end(1, QuarantineEnd::discarded, "anna", "a slip");
    here.clock.advance(29 * day);
    const auto just_ended = here.keep(bounds_of(10, 30));
    here.clock.advance(2 * day);
    const auto gone = here.keep(bounds_of(10, 30));

    CHECK(waits == 0);
    CHECK(just_ended == 0);
    CHECK(gone == 1);
    CHECK(QuarantineStore(here.store).list(Ended::included).empty());
    CHECK(here.files() == 0);
    CHECK_THAT(message_of([&] { PayloadStore(here.store).bytes(hash); }), Contains("was refused"));
    CHECK(RunStore(here.store).payloads(run).size() == 1); // the run is young enough by number, and stays
    CHECK(StoreMaintenance(here.store).verify().wrong.empty());
}

TEST_CASE("a step takes a hundred at most", "[store]")
{
    BoundsFixture here;
    for (int i = 0; i < 130; ++i)
        here.run("a", RunOutcome::nothing_new);
    here.clock.advance(day);
    const auto bounds = bounds_of(1, 1);
    StoreBoundsKeeper keeper(here.store, bounds);
    CHECK(keeper.step() == 100);
    CHECK(keeper.step() == 29);
    CHECK(keeper.step() == 0);
}

TEST_CASE("a backup that meets a run going leaves out what went with it", "[store]")
{
    BoundsFixture here;
    for (int i = 0; i < 3; ++i)
        here.run("a", RunOutcome::nothing_new);
    here.clock.advance(100 * day);
    const StoreSession reader(here.folder.path(), StoreSession::Access::read, here.clock);
    bool went = false;
    StoreMaintenance(reader).back_up(here.folder / "backup.db", [&](const std::string& text) {
        if (!went && text.starts_with("database"))
            went = here.keep(bounds_of(1, 1)) == 2;
    });
    const auto found = StoreMaintenance(StoreSession::open_backup(here.folder / "backup.db", here.clock)).verify();

    CHECK(went);
    CHECK(found.wrong.empty());
}

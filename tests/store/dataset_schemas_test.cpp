// What datasets look like, how that changed, and what became of refused payloads.
#include "store/dataset_schema_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

std::vector<Dimension> look_of(const std::string& unit)
{
    Category category{"1", "Blåbær", unit, 1, "2015=100"};
    return {{"ContentsCode", "innhold", Role::metric, {category}, std::nullopt, "urn:ssb:classification:klass:2"}};
}

} // namespace

TEST_CASE("the schema of a dataset is given back as it was stored, and stored again only when it changed",
          "[store][look]")
{
    StoreFixture fixture;
    const auto none = DatasetSchemaStore(fixture.store).accepted("drop/table");
    fixture.accept(release_of({"2016"}, {{"1", {"10"}}}), "2018-01-01");
    const auto before = DatasetSchemaStore(fixture.store).accepted("drop/table");
    DatasetSchemaStore(fixture.store).store("drop/table", {look_of("prosent"), "job", {}}, 0);
    fixture.clock.advance(std::chrono::hours(1));
    DatasetSchemaStore(fixture.store).store("drop/table", {look_of("prosent"), "job", {}}, 0);
    const auto same = fixture.sql("SELECT count(*) FROM dataset_schema");
    DatasetSchemaStore(fixture.store).store("drop/table", {look_of("promille"), "job", {}}, 0);
    const auto look = DatasetSchemaStore(fixture.store).accepted("drop/table");

    CHECK_FALSE(none);
    CHECK_FALSE(before);
    CHECK(same == "1");
    REQUIRE(look);
    CHECK(look->job_hash == "job");
    CHECK(look->seen_at == at("2020-01-01T14:00:00Z"));
    const auto& dimension = look->dimensions.at(0);
    CHECK(dimension.id == "ContentsCode");
    CHECK(dimension.role == Role::metric);
    CHECK(dimension.classification == "urn:ssb:classification:klass:2");
    const auto& category = dimension.categories.at(0);
    CHECK(category.label == "Blåbær");
    CHECK(category.unit == "promille");
    CHECK(category.decimals == 1);
    CHECK(category.base == "2015=100");
    CHECK_THROWS_WITH(DatasetSchemaStore(fixture.store).store("drop/none", {}, 0),
                      Contains("no dataset 'drop/none'"));
}

TEST_CASE("of more drift than anybody reads the gravest is recorded, and how much more there was", "[store][look]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"10"}}}), "2018-01-01");
    std::vector<Drift> drift;
    for (int i = 0; i < 1500; ++i)
        drift.push_back({Severity::harmless, "a", {}, fmt::format("navn {}", i), fmt::format("label {}", i)});
    drift.push_back({Severity::blocks_series, "a", {}, "enhet", "unit"});
    DatasetSchemaStore(fixture.store).record_drift("drop/table", drift, 0);
    const auto recorded = DatasetSchemaStore(fixture.store).drift("drop/table");
    REQUIRE(recorded.size() == 1001);
    CHECK(recorded.front().drift.text_en == "and 501 more of the same kind");
    CHECK(recorded.back().drift.text_en == "unit");
}

TEST_CASE("a drift is recorded once, until the dataset's look changes", "[store][look]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"10"}}}), "2018-01-01");
    DatasetSchemaStore(fixture.store).store("drop/table", {look_of("prosent"), "job", {}}, 0);
    const std::vector<Drift> drift = {{Severity::blocks_series, "ContentsCode", {"1"}, "enhet", "unit"},
                                      {Severity::harmless, "Alder", {}, "navn", "label"}};
    fixture.clock.advance(std::chrono::hours(1));
    DatasetSchemaStore(fixture.store).record_drift("drop/table", drift, 0);
    DatasetSchemaStore(fixture.store).record_drift("drop/table", drift, 0);
    const auto recorded = DatasetSchemaStore(fixture.store).drift("drop/table");
    fixture.clock.advance(std::chrono::hours(1));
    DatasetSchemaStore(fixture.store).store("drop/table", {look_of("promille"), "job", {}}, 0);
    fixture.clock.advance(std::chrono::hours(1));
    DatasetSchemaStore(fixture.store).record_drift("drop/table", drift, 0);

    REQUIRE(recorded.size() == 2);
    CHECK(recorded[1].drift.severity == Severity::blocks_series);
    CHECK(recorded[1].drift.text_nb == "enhet");
    CHECK(recorded[1].dataset == "drop/table");
    CHECK(DatasetSchemaStore(fixture.store).drift("").size() == 4);
    CHECK(DatasetSchemaStore(fixture.store).drift("drop/other").empty());
}

TEST_CASE("a payload is in quarantine once, until it is retried or discarded", "[store][quarantine]")
{
    StoreFixture fixture;
    const auto payload = fixture.new_payload();
    const auto run = RunStore(fixture.store).start("x");
    const Quarantined refused{0, "x", payload.hash, "a.csv", "broken", {}, run, QuarantineKind::suspect};
    QuarantineStore(fixture.store).add(refused);
    QuarantineStore(fixture.store).add(refused);
    const auto held = QuarantineStore(fixture.store).list();
    QuarantineStore(fixture.store).end(held.at(0).id, QuarantineEnd::discarded, "Kari", "a test file");
    const auto after = QuarantineStore(fixture.store).list();
    const auto all = QuarantineStore(fixture.store).list(Ended::included);
    QuarantineStore(fixture.store).add(refused);

    REQUIRE(held.size() == 1);
    CHECK(held[0].run == run);
    CHECK(held[0].kind == QuarantineKind::suspect);
    CHECK_FALSE(held[0].ended);
    CHECK(after.empty());
    REQUIRE(all.size() == 1);
    CHECK(all[0].ended == QuarantineEnd::discarded);
    CHECK(all[0].ended_by == "Kari");
    CHECK(all[0].ended_why == "a test file");
    CHECK(all[0].ended_at == at("2020-01-01T12:00:00Z"));
    CHECK(QuarantineStore(fixture.store).list().size() == 1);
    CHECK_THROWS_WITH(QuarantineStore(fixture.store).end(held[0].id, QuarantineEnd::discarded, "Kari", "again"),
                      Contains("has ended already"));
    CHECK_THROWS_WITH(QuarantineStore(fixture.store).end(99, QuarantineEnd::discarded, "Kari", "x"),
                      Contains("nothing in quarantine has the number 99"));
}

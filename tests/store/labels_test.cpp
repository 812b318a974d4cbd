// What a store holds of the words of releases, of what they claimed, and of the order they came in.
#include "base/time_text.hpp"
#include "store/maintenance.hpp"
#include "store/observation_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;

namespace {

/// The versions of the words of category 1: "2018-04-01 Row 1 kroner, ...", in their order.
std::string versions(StoreFixture& fixture, const std::string& category = "1")
{
    return fixture.sql("SELECT group_concat(substr(published_at, 1, 10) || ' ' || label || ' ' || unit, ', ')"
                       " FROM (SELECT * FROM label_version WHERE category = '" +
                       category + "' ORDER BY published_at, seq)");
}

Release labelled(const std::string& label, const std::map<std::string, std::vector<std::string>>& rows)
{
    auto release = release_of({"2016"}, rows);
    release.dimensions[0].categories[0].label = label;
    return release;
}

} // namespace

TEST_CASE("a label is a version where it differs from the one before, with the release that said it", "[store]")
{
    StoreFixture fixture;
    fixture.accept(labelled("Men", {{"1", {"1"}}}), "2018-04-01");
    fixture.accept(labelled("Men", {{"1", {"2"}}}), "2018-05-01");
    fixture.accept(labelled("Males", {{"1", {"2"}}}), "2018-06-01");

    CHECK(versions(fixture) == "2018-04-01 Men kroner, 2018-06-01 Males kroner");
    CHECK(fixture.sql("SELECT group_concat(release_id || '/' || seq) FROM label_version WHERE category = '1'") ==
          "1/1,3/3");
    CHECK(fixture.sql("SELECT label || notes FROM label_version WHERE dimension = ''") == "Table[]");
    CHECK(fixture.sql("SELECT label FROM label_version WHERE dimension = 'nr' AND category = ''") == "Number");
    CHECK(fixture.sql("SELECT label FROM current_observation") == "Men"); // what its vintage said
    CHECK(fixture.sql("SELECT label FROM series_name") == "Males");
}

TEST_CASE("the words of a late release hold until the first later release that names the thing", "[store]")
{
    StoreFixture fixture;
    fixture.accept(labelled("Men", {{"1", {"1"}}, {"2", {"5"}}}), "2018-01-01");
    fixture.accept(labelled("Row 2", {{"2", {"6"}}}), "2018-03-01"); // says nothing of 1
    fixture.accept(labelled("Men", {{"1", {"2"}}}), "2018-05-01");
    fixture.accept(labelled("Gents", {{"1", {"3"}}}), "2018-02-01");

    CHECK(versions(fixture) == "2018-01-01 Men kroner, 2018-02-01 Gents kroner, 2018-05-01 Men kroner");
    CHECK(versions(fixture, "2") == "2018-01-01 Row 2 kroner");
    CHECK(fixture.sql("SELECT label FROM current_observation WHERE codes ->> 'nr' = '1'") == "Men");
}

TEST_CASE("the words of a late release that a later one changed anyway are not said again", "[store]")
{
    StoreFixture fixture;
    fixture.accept(labelled("Men", {{"1", {"1"}}}), "2018-01-01");
    fixture.accept(labelled("Males", {{"1", {"2"}}}), "2018-03-01");
    fixture.accept(labelled("Gents", {{"1", {"3"}}}), "2018-02-01");

    CHECK(versions(fixture) == "2018-01-01 Men kroner, 2018-02-01 Gents kroner, 2018-03-01 Males kroner");
}

TEST_CASE("a read shows the words of the vintage it shows, a late one's too, with today's beside them", "[store]")
{
    StoreFixture fixture;
    const auto of_2017 = [](Release release) {
        release.periods = {Period::year(2017)};
        return release;
    };
    fixture.accept(labelled("Men", {{"1", {"1"}}}), "2018-01-01");
    auto males = of_2017(labelled("Males", {{"1", {"2"}}}));
    males.dimensions[0].categories[0].unit = "1 000 kroner";
    fixture.accept(males, "2018-03-01");
    fixture.accept(labelled("Gents", {{"1", {"3"}}}), "2018-02-01"); // late

    const auto text_of = [](const std::vector<Observation>& observations) {
        std::string text;
        for (const auto& seen : observations)
            text +=
                fmt::format("{} {}={} {} ({}), today {} ({}); ", format_date(seen.published_at), seen.period.text(),
                            seen.value.number->text(), seen.words->label(), seen.words->unit, seen.label, seen.unit);
        return text;
    };
    const ObservationStore store(fixture.store);
    const auto selector = Selector::parse("drop/table{nr=1}");
    CHECK(text_of(store.history(selector)) == "2018-01-01 2016=1 Men (kroner), today Males (1 000 kroner); "
                                              "2018-02-01 2016=3 Gents (kroner), today Males (1 000 kroner); "
                                              "2018-03-01 2017=2 Males (1 000 kroner), today Males (1 000 kroner); ");
    CHECK(text_of(store.as_of(selector, {parse_time("2018-01-15"), {}})) ==
          "2018-01-01 2016=1 Men (kroner), today Males (1 000 kroner); ");
    CHECK(text_of(store.as_of(selector, {})) ==
          "2018-02-01 2016=3 Gents (kroner), today Males (1 000 kroner); "
          "2018-03-01 2017=2 Males (1 000 kroner), today Males (1 000 kroner); ");
}

TEST_CASE("the views show the words of the vintage of each row, a late one's too", "[store]")
{
    StoreFixture fixture;
    fixture.accept(labelled("Men", {{"1", {"1"}}, {"2", {"5"}}}), "2018-01-01");
    const auto history = [&] {
        return fixture.sql("SELECT group_concat(label || ' (' || unit || ') ' || value, '; ') FROM"
                           " (SELECT * FROM observation_history ORDER BY series_id, published_from)");
    };
    CHECK(history() == "Men (kroner) 1.0; Row 2 (kroner) 5.0");
    auto males = labelled("Males", {{"1", {"2"}}});
    males.dimensions[0].categories[0].unit = "1 000 kroner";
    fixture.accept(males, "2018-03-01");
    fixture.accept(labelled("Gents", {{"1", {"3"}}}), "2018-02-01"); // late

    CHECK(history() == "Men (kroner) 1.0; Gents (kroner) 3.0; Males (1 000 kroner) 2.0; Row 2 (kroner) 5.0");
    for (const std::string view : {"current_observation", "corrected_observation"})
        CHECK(fixture.sql("SELECT group_concat(label || ' (' || unit || ') ' || value, '; ') FROM"
                          " (SELECT * FROM " +
                          view + " ORDER BY series_id)") == "Males (1 000 kroner) 2.0; Row 2 (kroner) 5.0");
    CHECK(fixture.sql("SELECT group_concat(label || ' ' || valid_from, '; ') FROM"
                      " (SELECT * FROM codes WHERE code = '1' ORDER BY valid_from)") ==
          "Men 2018-01-01T00:00:00Z; Gents 2018-02-01T00:00:00Z; Males 2018-03-01T00:00:00Z");
    CHECK(StoreMaintenance(fixture.store).verify().wrong.empty());
}

TEST_CASE("versions of words are append-only", "[store]")
{
    StoreFixture fixture;
    fixture.accept(labelled("Men", {{"1", {"1"}}}), "2018-01-01");
    SqliteDatabase database(fixture.folder / "skurd.db", SqliteDatabase::Access::write);
    for (const char* sql : {"UPDATE label_version SET label = 'x'", "DELETE FROM label_version"})
        CHECK_THAT(message_of([&] { database.exec(sql); }), Catch::Matchers::Contains("append-only"));
}

TEST_CASE("what a source claims stands apart, and is empty where it claims nothing", "[store]")
{
    StoreFixture fixture;
    const auto ingest = [&](const char* number, const PublicationClaim& claim) {
        VintageStore(fixture.store)
            .ingest(release_of({"2016"}, {{"1", {number}}}), claim, Origin::harvest, fixture.new_payload(), 0);
    };
    ingest("1", {at("2018-04-01"), "updated", Confidence::stated});
    ingest("2", {at("2018-05-01"), "received", Confidence::arrival}); // placed when it came, at the start of 2020
    ingest("2", {at("2018-06-01"), "updated", Confidence::modified});

    CHECK(fixture.sql("SELECT group_concat(coalesce(claimed_at, '-') || ' ' || claimed_field, ', ') FROM vintage") ==
          "2018-04-01T00:00:00Z updated, - ");
    CHECK(fixture.sql("SELECT claimed_at || ' ' || confidence FROM confirmation") == "2018-06-01T00:00:00Z arrival");
    CHECK(VintageStore(fixture.store).list("drop/table").size() == 2);
}

TEST_CASE("releases are counted as they arrive, vintages and confirmations in one sequence for each dataset",
          "[store]")
{
    StoreFixture fixture;
    auto other = release_of({"2016"}, {{"1", {"1"}}});
    other.dataset = "drop/other";
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01"); // 1
    fixture.accept(other, "2018-04-01");
    fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-05-01"); // 2 confirms
    fixture.accept(release_of({"2016"}, {{"1", {"7"}}}), "2018-04-15"); // 3 comes late, and makes a vintage of 2
    fixture.accept(release_of({"2016"}, {{"1", {"9"}}}), "2018-05-01"); // 4 is published with 2, and has the word

    CHECK(fixture.sql("SELECT group_concat(seq) FROM (SELECT v.seq FROM vintage AS v JOIN dataset AS d"
                      " ON d.id = v.dataset_id WHERE d.name = 'drop/table' ORDER BY v.published_at, v.seq)") ==
          "1,3,2,4");
    CHECK(fixture.sql("SELECT group_concat(seq) FROM confirmation") == "2");
    CHECK(fixture.sql("SELECT value FROM current_observation WHERE dataset = 'drop/table'") == "9.0");
    CHECK(fixture.read() == "1/2016=9");
}

#include "base/error.hpp"
#include "store/observation_store.hpp"
#include "store/run_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"
#include "version/hashes.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

TEST_CASE("a vintage stores only what differs from the one before it", "[store]")
{
    StoreFixture fixture;
    const auto first =
        fixture.accept(release_of({"2016", "2017"}, {{"1", {"400", "410"}}, {"2", {"141", ":"}}}), "2018-04-01");
    const auto second =
        fixture.accept(release_of({"2016", "2017"}, {{"1", {"402", "410"}}, {"2", {"141", "139"}}}), "2019-11-01");

    CHECK(first.counts.rows == 4);
    CHECK(first.counts.cells == 4);
    CHECK(second.counts.rows == 2);
    CHECK(second.counts.revised == 1);
    CHECK(second.counts.cells == 4);
    CHECK(fixture.sql("SELECT count(*) FROM observation") == "6");
    CHECK(fixture.read() == "1/2016=402 1/2017=410 2/2016=141 2/2017=139");
    CHECK(fixture.read("drop/table", {at("2019-10-31"), {}}) == "1/2016=400 1/2017=410 2/2016=141 2/2017=:");
    CHECK(fixture.read("drop/table", {at("2018-03-31"), {}}).empty());
}

TEST_CASE("the two clocks are apart: published by then, seen by then", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"282"}}}), "2018-04-01"); // seen 2020-01-01T13:00
    fixture.accept(release_of({"2016"}, {{"1", {"284"}}}), "2019-11-01"); // seen 2020-01-01T14:00

    CHECK(fixture.read("drop/table", {at("2018-06-01"), {}}) == "1/2016=282");
    CHECK(fixture.read("drop/table", {{}, at("2020-01-01T13:30:00Z")}) == "1/2016=282");
    CHECK(fixture.read("drop/table", {{}, at("2020-01-01T12:30:00Z")}).empty());
    CHECK(fixture.read("drop/table", {at("2018-06-01"), at("2020-01-02")}) == "1/2016=282");
}

TEST_CASE("history gives every version with when it was superseded", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"9", {"282", "250"}}}), "2018-04-01");
    fixture.accept(release_of({"2016", "2017"}, {{"9", {"284", "250"}}}), "2019-11-01");

    const auto found = ObservationStore(fixture.store).history(Selector::parse("drop/table{nr=9}"));

    REQUIRE(found.size() == 3);
    CHECK(found[0].value.number == Decimal(282, 0));
    CHECK(found[0].published_at == at("2018-04-01"));
    CHECK(found[0].superseded_at == at("2019-11-01"));
    CHECK(found[1].value.number == Decimal(284, 0));
    CHECK(found[1].published_at == at("2019-11-01"));
    CHECK(!found[1].superseded_at);
    CHECK(found[2].period == Period::year(2017));
    CHECK(!found[2].superseded_at);
    CHECK(found[0].codes == Codes{{"nr", "9"}});
    CHECK(found[0].label == "Row 9");
    CHECK(found[0].unit == "kroner");
}

TEST_CASE("equal numbers make no vintage", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"4.50"}}, {"2", {":"}}}), "2018-04-01");
    const auto again = fixture.accept(release_of({"2016"}, {{"1", {"4.5"}}, {"2", {":"}}}), "2018-05-01");

    CHECK(!again.vintage);
    CHECK(again.counts.rows == 0);
    CHECK(again.counts.cells == 2);
    CHECK(again.counts.suppressed);
    const auto vintages = VintageStore(fixture.store).list("drop/table");
    REQUIRE(vintages.size() == 1);
    CHECK(vintages[0].last_confirmed_at == at("2020-01-01T14:00:00Z"));
    CHECK(vintages[0].observed_at == at("2020-01-01T13:00:00Z"));
    CHECK(fixture.read() == "1/2016=4.50 2/2016=:");
}

TEST_CASE("another number of decimals alone makes no vintage, but a vintage gives them back as they came", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016"}, {{"1", {"0"}}, {"2", {"7"}}}), "2018-04-01");
    const auto alone = fixture.accept(release_of({"2016"}, {{"1", {"0.0"}}, {"2", {"7"}}}), "2018-05-01");
    CHECK_FALSE(alone.vintage);
    CHECK(fixture.read() == "1/2016=0 2/2016=7");
    const auto revised = fixture.accept(release_of({"2016"}, {{"1", {"0.0"}}, {"2", {"8"}}}), "2018-06-01");
    CHECK(revised.vintage);
    CHECK(revised.counts.rows == 2);
    CHECK(revised.counts.revised == 1);
    CHECK(revised.counts.reworded == 1);
    CHECK(fixture.read() == "1/2016=0.0 2/2016=8");
}

TEST_CASE("the same bytes are no false revision, and a false revision counts once", "[store]")
{
    StoreFixture fixture;
    const auto release = release_of({"2016"}, {{"1", {"1"}}});
    const auto first = fixture.new_payload();
    const auto second = fixture.new_payload();
    const auto take = [&](const PayloadRef& payload) {
        return VintageStore(fixture.store).ingest(release, published("2018-04-01"), Origin::harvest, payload, 0);
    };

    take(first);
    const bool same_bytes = take(first).counts.suppressed == 1;
    const bool other_bytes = take(second).counts.suppressed == 1;
    const bool other_bytes_again = take(second).counts.suppressed == 1;

    CHECK_FALSE(same_bytes);
    CHECK(other_bytes);
    CHECK_FALSE(other_bytes_again);
    CHECK(VintageStore(fixture.store).list()[0].payload_hash == second.hash);
}

TEST_CASE("of a release of several payloads the last may be as before and the release another", "[store]")
{
    StoreFixture fixture;
    const auto last = fixture.new_payload();
    const PublicationClaim arrival{at("2018-04-01"), "received", Confidence::arrival};
    const auto take = [&](const std::string& number) {
        const auto run = RunStore(fixture.store).start("job");
        RunStore(fixture.store).add_payload(run, fixture.new_payload());
        RunStore(fixture.store).add_payload(run, last);
        return VintageStore(fixture.store)
            .ingest(release_of({"2016"}, {{"1", {number}}}), arrival, Origin::harvest, last, run);
    };

    take("1");
    const auto revised = take("2");

    CHECK(revised.counts.rows == 1);
    CHECK(fixture.read() == "1/2016=2");
}

TEST_CASE("a changed symbol is a change, beside a number too", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"1", {"4.5*", "missing"}}}), "2018-04-01");
    const auto accepted = fixture.accept(release_of({"2016", "2017"}, {{"1", {"4.5", ":"}}}), "2018-05-01");

    CHECK(accepted.counts.rows == 2);
    CHECK(fixture.read("drop/table", {at("2018-04-30"), {}}) == "1/2016=4.5* 1/2017=missing");
    CHECK(fixture.read() == "1/2016=4.5 1/2017=:");
    CHECK(fixture.sql("SELECT meaning FROM status WHERE text = '*'") == "provisional");
}

TEST_CASE("absent cells and what lies outside a partial release are left as they were", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, {{"1", {"1", "2"}}, {"2", {"3", "4"}}}), "2018-04-01");
    const auto accepted = fixture.accept(release_of({"2017", "2018"}, {{"1", {"", "5"}}}), "2018-05-01");

    CHECK(accepted.counts.rows == 1);
    CHECK(accepted.counts.cells == 1);
    CHECK(fixture.read() == "1/2016=1 1/2017=2 1/2018=5 2/2016=3 2/2017=4");
}

TEST_CASE("dimensions and categories may come in any order", "[store]")
{
    StoreFixture fixture;
    Release release = release_of({"2016"}, {});
    release.dimensions = {{"a", "", Role::none, {{"1", "One", "", {}}, {"2", "Two", "", {}}}, {}},
                          {"b", "", Role::metric, {{"x", "", "", {}}, {"y", "", "", {}}, {"z", "", "", {}}}, {}}};
    release.cells = {cell("1"), cell("2"), cell("3"), cell("4"), cell("5"), cell("6")};
    Release turned = release;
    turned.dimensions = {{"b", "", Role::metric, {{"z", "", "", {}}, {"x", "", "", {}}, {"y", "", "", {}}}, {}},
                         {"a", "", Role::none, {{"1", "One", "", {}}, {"2", "Two", "", {}}}, {}}};
    turned.cells = {cell("3"), cell("6"), cell("1"), cell("4"), cell("2"), cell("5")};
    turned.symbols = {Symbol{}, {"..", Meaning::not_available}};
    Release relabelled = turned;
    relabelled.dimensions[0].categories[0].label = "Zed";

    const auto first = fixture.accept(release, "2018-04-01");
    const auto second = fixture.accept(turned, "2018-05-01");
    const auto third = fixture.accept(relabelled, "2018-06-01");

    CHECK(!second.vintage);
    CHECK(second.counts.suppressed);
    CHECK(!third.vintage);
    CHECK(fixture.sql("SELECT count(DISTINCT content_hash) FROM confirmation") == "2");
    CHECK(fixture.sql("SELECT count(*) FROM confirmation JOIN vintage USING (content_hash)") == "1");
    CHECK(ObservationStore(fixture.store).as_of(Selector::parse("drop/table{a=1,b=z}"), {})[0].label == "One, Zed");
}

namespace {

/// 60 rows with one number each, rows `gone` excepted (absent where `rest` is not).
Release sixty(const std::vector<int>& gone, Coverage coverage = Coverage::complete_selection)
{
    std::map<std::string, std::vector<std::string>> rows;
    for (int i = 100; i < 160; ++i)
        rows[std::to_string(i)] = {std::find(gone.begin(), gone.end(), i) == gone.end() ? "7" : "", "8"};
    return release_of({"2016", "2017"}, rows, coverage);
}

} // namespace

TEST_CASE("a cell that a complete release leaves out is withdrawn, and may come back", "[store]")
{
    StoreFixture fixture;
    fixture.accept(sixty({}), "2018-01-01");
    const auto partial = fixture.accept(sixty({100}, Coverage::partial), "2018-02-01");
    const auto gone = fixture.accept(sixty({100}), "2018-03-01");
    const auto still_gone = fixture.accept(sixty({100}), "2018-04-01");
    const auto back = fixture.accept(sixty({}), "2018-05-01");

    CHECK(!partial.vintage);
    CHECK(gone.counts.withdrawn == 1);
    CHECK(gone.counts.rows == 1);
    CHECK(!still_gone.vintage);
    CHECK(back.counts.rows == 1);
    CHECK(fixture.read("drop/table{nr=100}", {at("2018-02-28"), {}}) == "100/2016=7 100/2017=8");
    CHECK(fixture.read("drop/table{nr=100}", {at("2018-03-01"), {}}) == "100/2016=withdrawn 100/2017=8");
    CHECK(fixture.read("drop/table{nr=100}") == "100/2016=7 100/2017=8");
}

TEST_CASE("a complete release that would withdraw more than 2 % is refused and leaves nothing behind", "[store]")
{
    StoreFixture fixture;
    fixture.accept(sixty({}), "2018-01-01");
    const auto before = fixture.sql("SELECT count(*) FROM observation");
    const auto message = message_of([&] { fixture.accept(sixty({100, 101, 102}), "2018-02-01"); });

    CHECK_THAT(message, Contains("drop/table: 3 of 120 known cells are gone"));
    CHECK_THAT(message, Contains("--accept-withdrawals"));
    CHECK(fixture.sql("SELECT count(*) FROM observation") == before);
    CHECK(VintageStore(fixture.store).list().size() == 1);
}

TEST_CASE("a confirming fetch that lacks the same cells long enough after the first is ingested", "[store]")
{
    StoreFixture fixture;
    IngestRules rules;
    rules.confirming_fetch_after = std::chrono::hours(2);
    const auto look = [&](const std::vector<int>& gone) {
        fixture.clock.advance(std::chrono::minutes(50));
        return message_of([&] {
            VintageStore(fixture.store)
                .ingest(sixty(gone), published("2018-02-01"), Origin::harvest, fixture.new_payload(), 0, rules);
        });
    };
    fixture.accept(sixty({}), "2018-01-01");
    const auto first = look({100, 101, 102});
    const auto too_soon = look({100, 101, 102});
    const auto others = look({100, 101, 103});
    const auto fourth = look({100, 101, 102});

    CHECK_THAT(first, Contains("at least 120 minutes after the first"));
    CHECK(too_soon == first.substr(0, first.rfind("payload")) + too_soon.substr(too_soon.rfind("payload")));
    CHECK_FALSE(others.empty());
    CHECK(fourth == "");
    CHECK(fixture.sql("SELECT withdrawn FROM vintage ORDER BY id DESC") == "3");
    CHECK(fixture.sql("SELECT count(*) FROM held_withdrawal") == "2");
    CHECK(look({}).empty()); // and they come back
    CHECK(fixture.sql("SELECT count(*) FROM current_observation WHERE meaning = 'withdrawn'") == "0");
}

TEST_CASE("a first look counts no more once a release had the cells again", "[store]")
{
    StoreFixture fixture;
    fixture.accept(sixty({}), "2018-01-01");
    const auto first = message_of([&] { fixture.accept(sixty({100, 101, 102}), "2018-02-01"); });
    fixture.accept(sixty({}), "2018-03-01");
    fixture.clock.advance(std::chrono::hours(100));
    const auto much_later = message_of([&] { fixture.accept(sixty({100, 101, 102}), "2018-04-01"); });

    CHECK_FALSE(first.empty());
    CHECK_FALSE(much_later.empty());
}

TEST_CASE("the operator's word lets any number of cells go", "[store]")
{
    StoreFixture fixture;
    IngestRules rules;
    rules.agreement.withdrawals = true;
    fixture.accept(sixty({}), "2018-01-01");
    const auto accepted = VintageStore(fixture.store)
                              .ingest(sixty({100, 101, 102}), published("2018-02-01"), Origin::harvest,
                                      fixture.new_payload(), 0, rules);

    CHECK(accepted.counts.withdrawn == 3);
}

TEST_CASE("series and periods outside a complete release are not withdrawn", "[store]")
{
    StoreFixture fixture;
    const std::vector<std::string> years = {"2014", "2015", "2016", "2017", "2018"};
    const auto all = release_of(years, {{"1", {"1", "2", "3", "4", "5"}}, {"2", {"1", "2", "3", "4", "5"}}});
    const auto before = "1/2014=1 1/2015=2 1/2016=3 1/2017=4 1/2018=5 2/2014=1 2/2015=2 2/2016=3 2/2017=4 2/2018=5";
    fixture.accept(all, "2018-01-01");
    const auto fewer_series = fixture.accept(
        release_of({"2015", "2016"}, {{"1", {"2", "3"}}, {"2", {"", ""}}}, Coverage::complete_selection),
        "2018-02-01");
    const auto first_and_last =
        fixture.accept(release_of({"2014", "2018"}, {{"1", {"1", "5"}}}, Coverage::complete_selection), "2018-03-01");

    CHECK(!fewer_series.vintage);
    CHECK(!first_and_last.vintage);
    CHECK(fixture.read() == before);
}

TEST_CASE("two selections of one table, all periods and all but one, withdraw nothing from each other", "[store]")
{
    StoreFixture fixture;
    const auto all = release_of({"2015", "2016", "2017"}, {{"1", {"1", "2", "3"}}}, Coverage::full_history);
    const auto all_but_one = release_of({"2015", "2017"}, {{"1", {"1", "4"}}}, Coverage::complete_selection);
    fixture.accept(all, "2018-01-01");
    const auto revised = fixture.accept(all_but_one, "2018-02-01");
    const auto back = fixture.accept(all, "2018-03-01");

    CHECK(revised.counts.rows == 1);
    CHECK(revised.counts.withdrawn == 0);
    CHECK(back.counts.rows == 1);
    CHECK(fixture.read("drop/table", {at("2018-02-28"), {}}) == "1/2015=1 1/2016=2 1/2017=4");
    CHECK(fixture.read() == "1/2015=1 1/2016=2 1/2017=3");
}

TEST_CASE("a period that a whole release lacks is withdrawn, though a complete one said the same before", "[store]")
{
    StoreFixture fixture;
    std::vector<std::string> months;
    for (int year = 2010; year < 2015; ++year)
        for (int month = 1; month <= 12; ++month)
            months.push_back(fmt::format("{}M{:02}", year, month));
    const auto release = [&](Coverage coverage, const char* number) {
        return release_of(months, {{"1", std::vector<std::string>(months.size(), number)}}, coverage);
    };
    fixture.accept(release_of({"2009"}, {{"2", {"1"}}}), "2017-01-01");
    fixture.accept(release(Coverage::full_history, "7"), "2018-01-01");
    months.erase(months.begin() + 30);
    const auto complete = fixture.accept(release(Coverage::complete_selection, "8"), "2018-02-01");
    const auto whole = fixture.accept(release(Coverage::full_history, "8"), "2018-03-01");

    CHECK(complete.counts.rows == 59);
    CHECK(complete.counts.withdrawn == 0);
    CHECK(whole.counts.withdrawn == 1);
    CHECK(whole.counts.rows == 1);
    CHECK(fixture.sql("SELECT period FROM current_observation WHERE meaning = 'withdrawn'") == "2012M07");
    CHECK(fixture.read("drop/table{nr=2}") == "2/2009=1");
}

TEST_CASE("labels that change alone are a change of metadata and no vintage", "[store]")
{
    StoreFixture fixture;
    auto release = release_of({"2016"}, {{"1", {"1"}}});
    release.label = "Table, by number 1986 - 2016";
    fixture.accept(release, "2018-04-01");
    release.label = "Table, by number 1986 - 2017";
    const auto longer_title = fixture.accept(release, "2018-05-01");
    release.label = "Another table 1986 - 2017";
    release.dimensions[0].categories[0].label = "Række 1";
    release.dimensions[0].categories[0].unit = "1 000 kroner";
    release.notes = {"The unit changed."};
    const auto changed = fixture.accept(release, "2018-06-01");

    CHECK(!longer_title.vintage);
    CHECK(longer_title.counts.relabelled == 0);
    CHECK(!changed.vintage);
    CHECK(changed.counts.relabelled == 4);
    CHECK(fixture.sql("SELECT old || ' -> ' || new FROM metadata_history WHERE what = 'unit'") ==
          "kroner -> 1 000 kroner");
    CHECK(fixture.sql("SELECT count(DISTINCT content_hash) FROM confirmation") == "2");
    CHECK(fixture.sql("SELECT content_hash FROM confirmation ORDER BY id LIMIT 1") ==
          fixture.sql("SELECT content_hash FROM vintage"));
}

TEST_CASE("a title is compared without the span of periods at its end", "[store]")
{
    CHECK(label_without_period("05810: Population, by sex and age 1845-2025") == "05810: Population, by sex and age");
    CHECK(label_without_period("Persons. Break adjusted figures 2006M01-2025M09") ==
          "Persons. Break adjusted figures");
    CHECK(label_without_period("Befolkning (K) 1986 - 2025") == "Befolkning (K)");
    CHECK(label_without_period("Priser 2025K3") == "Priser");
    CHECK(label_without_period("Fylker og år") == "Fylker og år");
    CHECK(label_without_period("Standard SN2007") == "Standard SN2007");
    CHECK(label_without_period("2025") == "2025");
    CHECK(label_without_period("Code 12345") == "Code 12345");
    CHECK(label_without_period("") == "");
}

TEST_CASE("a release published more than a day from now is refused", "[store]")
{
    StoreFixture fixture;
    const auto release = release_of({"2016"}, {{"1", {"1"}}});
    const auto far = message_of([&] { fixture.accept(release, "2091-01-01"); });
    const auto too_far = message_of([&] { fixture.accept(release, "2020-01-02T14:00:01Z"); });
    const auto near = message_of([&] { fixture.accept(release, "2020-01-02T15:00:00Z"); });

    CHECK(far == "drop/table: published 2091-01-01 lies in the future (now 2020-01-01T13:00:00Z): check the date");
    CHECK_THAT(too_far, Contains("lies in the future"));
    CHECK(near.empty());
    CHECK(VintageStore(fixture.store).list().size() == 1);
}

TEST_CASE("reading from a publication time on sees what was said again since", "[store]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2015", "2016", "2017"}, {{"1", {"1", "2", "3"}}}), "2018-04-01");
    fixture.accept(release_of({"2016", "2017", "2018"}, {{"1", {"2", "4", ""}}}), "2019-11-01");
    fixture.accept(release_of({"2016"}, {{"1", {"2"}}}), "2019-12-24"); // confirms only

    const auto found = ObservationStore(fixture.store).as_of(Selector::parse("drop/table"), {}, at("2019-11-01"));

    CHECK(fixture.read("drop/table", {}, at("2019-11-01")) == "1/2016=2 1/2017=4");
    CHECK(fixture.read("drop/table", {at("2019-12-01"), {}}, at("2019-11-01")) == "1/2016=2 1/2017=4");
    CHECK(fixture.read("drop/table", {}, at("2019-12-10")) == "1/2016=2");
    CHECK(fixture.read("drop/table", {at("2019-12-15"), {}}, at("2019-12-10")).empty());
    REQUIRE(found.size() == 2);
    CHECK(found[0].published_at == at("2019-11-01"));
    CHECK(found[0].vintage == found[1].vintage);
}

TEST_CASE("Norwegian letters come back as they went in", "[store]")
{
    StoreFixture fixture;
    Release release = release_of({"2016"}, {{"Ærfugl/Østfold", {"1"}}});
    release.dimensions[0].id = "Område";
    release.dimensions[0].categories[0].label = "Ålesund – ÆØÅæøå";
    release.dimensions[0].categories[0].unit = "kroner per innbygger på 15 år";
    fixture.accept(release, "2018-04-01");

    const auto found =
        ObservationStore(fixture.store).as_of(Selector::parse("drop/table{Område=Ærfugl/Østfold}"), {});

    REQUIRE(found.size() == 1);
    CHECK(found[0].codes == Codes{{"Område", "Ærfugl/Østfold"}});
    CHECK(found[0].label == "Ålesund – ÆØÅæøå");
    CHECK(found[0].unit == "kroner per innbygger på 15 år");
}

TEST_CASE("a selector with a word the store does not know is refused by name", "[store]")
{
    StoreFixture fixture;
    const auto empty = message_of([&] { fixture.read("drop/table"); });
    fixture.accept(release_of({"2016"}, {{"91", {"1"}}, {"92", {"2"}}}), "2018-04-01");
    struct {
        const char* selector;
        const char* message;
    } const rows[] = {
        {"drop/tabel", "unknown dataset 'drop/tabel' (did you mean 'drop/table'?) (known: drop/table)"},
        {"drop/table{nummer=1}", "unknown dimension of drop/table 'nummer' (known: nr)"},
        {"drop/table{nr=93}", "unknown code of nr in drop/table '93'"},
    };

    CHECK(empty == "unknown dataset 'drop/table' (known: none yet; run skurd harvest)");
    for (const auto& row : rows) {
        CHECK_THAT(message_of([&] { fixture.read(row.selector); }), Contains(row.message));
        CHECK_FALSE(ObservationStore(fixture.store).has(Selector::parse(row.selector)));
    }
    CHECK(ObservationStore(fixture.store).has(Selector::parse("drop/table{nr=91|92}")));
    CHECK(fixture.read("drop/table{nr=92|91}") == "91/2016=1 92/2016=2");
}

TEST_CASE("selectors with some of the dimensions take all series of the others", "[store]")
{
    StoreFixture fixture;
    Release release = release_of({"2016"}, {});
    release.dimensions = {{"a", "", Role::none, {{"1", "", "", {}}, {"2", "", "", {}}}, {}},
                          {"b", "", Role::none, {{"1", "", "", {}}, {"2", "", "", {}}}, {}},
                          {"c", "", Role::none, {{"1", "", "", {}}, {"2", "", "", {}}}, {}}};
    for (int i = 0; i < 8; ++i)
        release.cells.push_back(Cell::of(Decimal(i, 0)));
    fixture.accept(release, "2018-04-01");
    const auto numbers = [&](const char* selector) {
        std::string text;
        for (const auto& found : ObservationStore(fixture.store).as_of(Selector::parse(selector), {}))
            text += found.value.number->text();
        return text;
    };

    CHECK(numbers("drop/table") == "01234567");
    CHECK(numbers("drop/table{c=2}") == "1357");
    CHECK(numbers("drop/table{c=2,a=1}") == "13");
    CHECK(numbers("drop/table{b=2,c=1|2}") == "2367");
    CHECK(numbers("drop/table{a=2,b=1,c=2}") == "5");
    CHECK(numbers("drop/table{a=1|2,b=1|2,c=2|1}") == "01234567");
}

// What an evaluation writes, and what it leaves alone.
#include "evaluate/evaluation.hpp"

#include "base/time_text.hpp"
#include "evaluate/drift_breaks.hpp"
#include "indicator/formula.hpp"
#include "query/evaluated.hpp"
#include "query/indicators.hpp"
#include "query/left_out.hpp"
#include "store/annotation_store.hpp"
#include "store/payload_store.hpp"
#include "store/store_session.hpp"
#include "store/verdict_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <random>

using namespace skurd;
using namespace skurd::test;

namespace {

Indicator indicator_of(int number, const std::string& formula, IndicatorKind kind = IndicatorKind::number)
{
    Indicator indicator;
    indicator.number = number;
    indicator.label = {"Navn", "Name"};
    indicator.part = "goal 1";
    indicator.kind = kind;
    indicator.direction = Direction::down;
    indicator.baseline = Period::year(2016);
    Definition definition;
    definition.id = 1;
    definition.formula = parse_formula(formula);
    indicator.definitions = {definition};
    return indicator;
}

Catalogue catalogue_of(std::vector<Indicator> indicators, const char* hash = "a")
{
    Catalogue catalogue;
    catalogue.indicators = std::move(indicators);
    catalogue.hash = hash;
    return catalogue;
}

void take(StoreFixture& fixture, const char* dataset, const char* published,
          const std::map<std::string, std::vector<std::string>>& rows, std::vector<std::string> notes = {})
{
    auto release = release_of({"2016", "2017"}, rows);
    release.dataset = dataset;
    release.notes = std::move(notes);
    fixture.clock.set(published);
    const auto payload = PayloadStore(fixture.store).store(fmt::format("{} {}", dataset, published), "text/csv", "x");
    VintageStore(fixture.store).ingest(release, test::published(published), Origin::drop, payload, 0);
}

std::string outcomes(const StoreSession& store, int indicator)
{
    std::string text;
    for (const auto& verdict : VerdictStore(store).newest(indicator))
        text += fmt::format("{} {} ", to_string(verdict.comparison), verdict.sentence.en);
    return text;
}

} // namespace

TEST_CASE("a new vintage has only those indicators judged that depend on it", "[evaluate]")
{
    StoreFixture fixture;
    const auto catalogue =
        catalogue_of({indicator_of(1, "drop/a{nr=1}"), indicator_of(2, "drop/b{nr=1}"),
                      indicator_of(3, "drop/a{nr=1} + drop/b{nr=1}"), indicator_of(4, "2 * indicator(2)")});
    CHECK(indicators_to_judge(fixture.store, catalogue) == std::set<int>{1, 2, 3, 4});
    take(fixture, "drop/a", "2018-01-01", {{"1", {"284", "247"}}});
    take(fixture, "drop/b", "2018-01-02", {{"1", {"10", "11"}}});
    evaluate(fixture.store, catalogue, fixture.clock);
    CHECK(indicators_to_judge(fixture.store, catalogue).empty());

    take(fixture, "drop/a", "2019-01-01", {{"1", {"284", "250"}}});
    CHECK(indicators_to_judge(fixture.store, catalogue) == std::set<int>{1, 3});
    evaluate(fixture.store, catalogue, fixture.clock);
    take(fixture, "drop/b", "2019-01-02", {{"1", {"10", "12"}}});
    CHECK(indicators_to_judge(fixture.store, catalogue) == std::set<int>{2, 3, 4});
    evaluate(fixture.store, catalogue, fixture.clock);

    const auto edited = catalogue_of(catalogue.indicators, "b");
    CHECK(indicators_to_judge(fixture.store, edited) == std::set<int>{1, 2, 3, 4});
    Annotation mark;
    mark.kind = AnnotationKind::series_break;
    mark.period = Period::year(2017);
    mark.text = "nytt skjema";
    mark.actor = "Kari";
    AnnotationStore(fixture.store).add(Selector::parse("drop/a{nr=1}"), mark);
    CHECK(indicators_to_judge(fixture.store, catalogue) == std::set<int>{1, 2, 3, 4});
}

TEST_CASE("a verdict made again from the store is the stored one, whatever else is in the catalogue", "[random]")
{
    std::mt19937 random(2026);
    for (int round = 0; round < 20; ++round) {
        StoreFixture fixture;
        const auto catalogue =
            catalogue_of({indicator_of(1, "drop/a{nr=1}"), indicator_of(2, "drop/a{nr=2}", IndicatorKind::share),
                          indicator_of(3, "share(drop/a{nr=1}, drop/a{nr=2})", IndicatorKind::share)});
        for (int vintage = 0; vintage < 4; ++vintage) {
            const auto number = [&] { return std::to_string(380 + random() % 40); };
            take(fixture, "drop/a", fmt::format("2018-0{}-01", vintage + 1).c_str(),
                 {{"1", {number(), number()}}, {"2", {number(), number()}}});
            evaluate(fixture.store, catalogue, fixture.clock);
        }
        for (const auto& indicator : catalogue.indicators) {
            // Alone in a catalogue of its own.
            const auto alone = catalogue_of({indicator});
            const auto series = indicator_series(fixture.store, alone, indicator, {}, Numbers::published);
            std::string again;
            for (const auto& verdict : Judge(indicator, series.values, series.breaks, &alone).all())
                again += fmt::format("{} {} ", to_string(verdict.comparison), verdict.sentence.en);
            CAPTURE(round, indicator.number);
            REQUIRE(outcomes(fixture.store, indicator.number) == again);
        }
    }
}

TEST_CASE("values over time are the values as of each publication, from the store", "[evaluate]")
{
    StoreFixture fixture;
    const auto catalogue = catalogue_of({indicator_of(1, "drop/a{nr=1} + drop/b{nr=1}")});
    take(fixture, "drop/a", "2018-01-01", {{"1", {"284", "247"}}});
    take(fixture, "drop/b", "2018-06-01", {{"1", {"10", "11"}}});
    take(fixture, "drop/a", "2019-01-01", {{"1", {"290", "247"}}});
    const auto& indicator = catalogue.indicators.front();
    const auto text_of = [](const IndicatorValues& values) {
        std::string text;
        for (const auto& [period, value] : values)
            text += period.text() + "=" + (value.value.number ? value.value.number->text() : "-") + " ";
        return text;
    };
    const auto found = indicator_over_time(fixture.store, catalogue, indicator);
    REQUIRE(found.size() == 3);
    for (const auto& [published, values] : found)
        CHECK(text_of(values) ==
              text_of(
                  indicator_series(fixture.store, catalogue, indicator, {published, {}}, Numbers::published).values));
    CHECK(text_of(found.back().values) == "2016=300 2017=258 ");
}

TEST_CASE("numbers that a definition does not see are marked, also where its formula names their series",
          "[evaluate]")
{
    StoreFixture fixture;
    auto indicator = indicator_of(1, "drop/a{nr=1}");
    auto second = indicator.definitions[0];
    second.id = 2;
    second.from = at("2019-01-01");
    second.reason = {"nytt skjema", "a new form"};
    indicator.definitions.push_back(second);
    const auto catalogue = catalogue_of({indicator, indicator_of(2, "drop/a{nr=2}")});
    const auto marked = [&] {
        return fixture.sql("SELECT group_concat(period || ' ' || indicator || ' ' || definition, ', ') FROM"
                           " (SELECT * FROM left_out_observations ORDER BY period)");
    };
    take(fixture, "drop/a", "2018-06-01", {{"1", {"10", "20"}}, {"2", {"1", "2"}}});
    evaluate(fixture.store, catalogue, fixture.clock);
    const auto all = marked();
    take(fixture, "drop/a", "2019-06-01", {{"1", {"", "20"}}, {"2", {"1", "3"}}}); // states 2017 of the first again
    evaluate(fixture.store, catalogue, fixture.clock);
    const auto one = marked();
    CHECK(all == "2016 1 2, 2017 1 2");
    CHECK(one == "2016 1 2");
    CHECK(left_out_of(fixture.store, catalogue, "drop/a", {}) == VerdictStore(fixture.store).left_out());
    CHECK(left_out_of(fixture.store, catalogue, "drop/a", {at("2999-12-31"), {}}) ==
          VerdictStore(fixture.store).left_out()); // found out anew
    CHECK(left_out_of(fixture.store, catalogue, "drop/b", {}).empty());
    CHECK(left_out_of(fixture.store, catalogue, "drop/a", {at("2018-12-31"), {}}).empty());
    CHECK(fixture.sql("SELECT dataset || value FROM current_observation AS o JOIN left_out_observations AS l"
                      " USING (dataset, series_id, period)") == "drop/a10.0");

    take(fixture, "drop/a", "2019-07-01", {{"1", {"11", "20"}}, {"2", {"1", "2"}}});
    evaluate(fixture.store, catalogue, fixture.clock);
    CHECK(marked().empty());
    const auto without = catalogue_of({indicator_of(2, "drop/a{nr=2}")}, "b");
    evaluate(fixture.store, without, fixture.clock);
    CHECK(VerdictStore(fixture.store).left_out().empty());
}

TEST_CASE("what an earlier definition leaves out, and the one in force goes on from, is left out by that one",
          "[evaluate]")
{
    StoreFixture fixture;
    auto indicator = indicator_of(1, "drop/a{nr=1}");
    auto second = indicator.definitions[0];
    second.id = 2;
    second.from = at("2019-01-01");
    auto third = second;
    third.id = 3;
    third.from = at("2020-01-01");
    third.formula = parse_formula("coalesce(drop/b{nr=1}, earlier())");
    third.reads_earlier_values = true;
    indicator.definitions.push_back(second);
    indicator.definitions.push_back(third);
    const auto catalogue = catalogue_of({indicator});
    take(fixture, "drop/a", "2018-06-01", {{"1", {"10", ""}}});
    take(fixture, "drop/a", "2019-06-01", {{"1", {"", "20"}}});
    take(fixture, "drop/b", "2020-06-01", {{"1", {"", "30"}}});
    evaluate(fixture.store, catalogue, fixture.clock);
    const auto found = VerdictStore(fixture.store).left_out();
    REQUIRE(found.size() == 1);
    CHECK(found[0].period == Period::year(2016));
    CHECK(found[0].definition == 2);
    CHECK(left_out_of(fixture.store, catalogue, "drop/a", {at("2019-12-31"), {}}) == found);
}

TEST_CASE("an evaluation that writes more judges all anew, once", "[evaluate]")
{
    StoreFixture fixture;
    const auto catalogue = catalogue_of({indicator_of(1, "drop/a{nr=1}")});
    take(fixture, "drop/a", "2018-06-01", {{"1", {"10", "20"}}});
    evaluate(fixture.store, catalogue, fixture.clock);
    auto state = VerdictStore(fixture.store).evaluation_state().value();
    CHECK(is_evaluated(fixture.store, catalogue));
    state.form = 1;
    VerdictStore(fixture.store).store_evaluation_state(state);
    CHECK(indicators_to_judge(fixture.store, catalogue) == std::set<int>{1});
    evaluate_if_behind(fixture.store, catalogue, fixture.clock);
    CHECK(is_evaluated(fixture.store, catalogue));
}

TEST_CASE("a source's note of a break in a year bars comparisons over it, from when it was written", "[evaluate]")
{
    StoreFixture fixture;
    const auto catalogue = catalogue_of({indicator_of(1, "drop/a{nr=1}")});
    const auto reason = [&](const AsOf& as_of) {
        const auto& indicator = catalogue.indicators.front();
        const auto series = indicator_series(fixture.store, catalogue, indicator, as_of, Numbers::published);
        return Judge(indicator, series.values, series.breaks, &catalogue)
            .compare(Comparison::previous, Period::year(2016), Period::year(2017))
            .reason;
    };
    take(fixture, "drop/a", "2018-01-01", {{"1", {"284", "247"}}});
    CHECK(reason({}) == "");
    take(fixture, "drop/a", "2019-01-01", {{"1", {"284", "248"}}}, {"Brudd i tidsserien i 2017."});
    CHECK(reason({}) == "a break from 2017 (the source's note: “Brudd i tidsserien i 2017.”)");
    CHECK(reason({parse_time("2018-06-01"), {}}) == "");
    CHECK(reason({{}, parse_time("2018-06-01")}) == "");
}

TEST_CASE("a drift that is accepted marks a break where the series goes on with earlier numbers", "[evaluate]")
{
    const auto marked = [](const std::vector<std::string>& later) {
        StoreFixture fixture;
        const auto selector = Selector::parse("drop/a{nr=1}");
        auto release = release_of({"2016"}, {{"1", {"284"}}});
        release.dataset = "drop/a";
        const auto first = PayloadStore(fixture.store).store("1", "text/csv", "x");
        VintageStore(fixture.store).ingest(release, published("2018-01-01"), Origin::drop, first, 0);
        Drift drift;
        drift.severity = Severity::blocks_series;
        drift.dimension = "nr";
        drift.codes = {"1"};
        drift.text_nb = "enhet prosent -> promille";
        const DriftBreaks breaks(fixture.store, {selector}, {drift});
        release = release_of({"2016", "2017"}, {{"1", later}});
        release.dataset = "drop/a";
        fixture.clock.set("2019-01-01");
        const auto second = PayloadStore(fixture.store).store("2", "text/csv", "x");
        VintageStore(fixture.store).ingest(release, published("2019-01-01"), Origin::drop, second, 0);
        breaks.mark(fixture.store);
        std::string text;
        for (const auto& mark : AnnotationStore(fixture.store).list("drop/a", Ended::left_out))
            text += fmt::format("{} {} {}", to_string(mark.kind), mark.period->text(), mark.text);
        return text;
    };
    CHECK(marked({"284", "2470"}) == "break 2017 enhet prosent -> promille");
    CHECK(marked({"2840", "2470"}) == "");
    CHECK(marked({"284", ""}) == "");
}

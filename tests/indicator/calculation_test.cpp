// Formulas worked out, against answers worked out by hand.
#include "indicator/calculation.hpp"

#include "base/time_text.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/formula.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;

namespace {

Time day(const char* text)
{
    return parse_time(text).value();
}

/// A series of a dataset: "2016=3,2017=4*,2018=:". A number with * is provisional, a sign alone stands for none.
std::vector<Observation> series(const std::string& dataset, std::int64_t id, const std::string& cells,
                                const std::string& unit, std::int64_t vintage, const char* published)
{
    std::vector<Observation> found;
    std::size_t at = 0;
    while (at < cells.size()) {
        const auto end = std::min(cells.find(',', at), cells.size());
        const auto cell = cells.substr(at, end - at);
        const auto equals = cell.find('=');
        Observation seen;
        seen.dataset = dataset;
        seen.series = id;
        seen.label = fmt::format("series {}", id);
        seen.unit = unit;
        seen.period = Period::parse(cell.substr(0, equals)).value();
        auto value = cell.substr(equals + 1);
        if (value.ends_with('*')) {
            seen.value.symbol = {"*", Meaning::provisional};
            value.pop_back();
        }
        seen.value.number = Decimal::parse(value);
        if (!seen.value.number)
            seen.value.symbol = {value, value == ":" ? Meaning::confidential : Meaning::not_available};
        seen.vintage = vintage;
        seen.published_at = day(published);
        found.push_back(std::move(seen));
        at = end + 1;
    }
    return found;
}

/// What the formulas below read.
std::vector<Observation> observed(const Selector& selector)
{
    const auto text = selector.text();
    if (text == "drop/deaths")
        return series("drop/deaths", 1, "2016=284,2017=247,2018=286*", "deaths", 3, "2019-11-01");
    if (text == "drop/people")
        return series("drop/people", 2, "2016=5213985,2017=5258317,2018=5295619,2019=5328212", "persons", 5,
                      "2019-02-21");
    if (text == "drop/part")
        return series("drop/part", 3, "2016=1,2017=2,2018=:", "persons", 6, "2019-01-01");
    if (text == "drop/amount")
        return series("drop/amount", 4, "2016=400,2017=309,2018=300", "mill. kr", 7, "2019-01-01");
    if (text == "drop/cpi")
        return series("drop/cpi", 5, "2015=100,2016=103.6,2017=105.5,2018=108.4", "indeks", 8, "2019-01-10");
    if (text == "drop/zero")
        return series("drop/zero", 6, "2016=0,2017=5,2018=-1", "persons", 9, "2019-01-01");
    if (text == "drop/regions{r=1|2}") {
        auto both = series("drop/regions", 7, "2016=1.5,2017=2", "man-years", 10, "2019-01-01");
        const auto second = series("drop/regions", 8, "2016=2.25,2017=:", "man-years", 10, "2019-01-01");
        both.insert(both.end(), second.begin(), second.end());
        return both;
    }
    return {};
}

IndicatorValues worked_out(const char* formula, const char* unit = "", std::optional<int> decimals = {})
{
    const CalculationInputs inputs = {observed, [](int) { return IndicatorValues(); },
                                      [](int) { return Quantity(); }};
    return calculate(parse_formula(formula), inputs, quantity_of(unit), decimals);
}

/// "2016=1.5 2017=(drop/x 2017: confidential (:)) ".
std::string text_of(const IndicatorValues& values)
{
    std::string text;
    for (const auto& [period, value] : values)
        text += fmt::format("{}={} ", period.text(),
                            value.value.number            ? value.value.number->text() + value.value.symbol.text
                            : value.formula_error.empty() ? "(" + value.missing.en + ")"
                                                          : "!" + value.formula_error.en);
    return text;
}

std::string answer(const char* formula, const char* unit = "", std::optional<int> decimals = {})
{
    return text_of(worked_out(formula, unit, decimals));
}

} // namespace

TEST_CASE("formulas give what they give by hand")
{
    // 284 + 247 and so on; shares, growth and deflated amounts by pocket calculator, to eight decimals.
    CHECK(answer("drop/deaths + 1") == "2016=285 2017=248 2018=287* ");
    CHECK(answer("2 * drop/deaths - drop/deaths / 2") == "2016=426 2017=370.5 2018=429* ");
    CHECK(answer("-drop/deaths") == "2016=-284 2017=-247 2018=-286* ");
    CHECK(answer("share(drop/part, drop/people)", "percent") ==
          "2016=0.00001918 2017=0.00003803 2018=(drop/part 2018: confidential (:)) "
          "2019=(drop/part 2019: no value) ");
    CHECK(answer("growth(drop/deaths)", "percent") ==
          "2016=(previous(drop/deaths) 2016: no value) 2017=-13.02816901 2018=15.78947368* ");
    CHECK(answer("growth(drop/deaths)", "percent", 1) ==
          "2016=(previous(drop/deaths) 2016: no value) 2017=-13.0 2018=15.8* ");
    CHECK(answer("deflate(drop/amount, drop/cpi, base = 2018)", "MNOK", 1) == "2016=418.5 2017=317.5 2018=300.0 ");
    CHECK(answer("drop/deaths / drop/people * 100000", "", 2) ==
          "2016=5.45 2017=4.70 2018=5.40* 2019=(drop/deaths 2019: no value) ");
    CHECK(answer("1 + 2") == "");
}

TEST_CASE("periods are lined up explicitly")
{
    // Deaths of a year by the population of the middle of it: that of 1 January of the year and of the next, halved.
    CHECK(answer("100000 * drop/deaths / mean(drop/people, next(drop/people))", "", 3) ==
          "2016=5.424 2017=4.681 2018=5.384* 2019=(drop/deaths 2019: no value) ");
    CHECK(answer("previous(drop/amount)") == "");
    CHECK(answer("drop/amount - previous(drop/amount)") ==
          "2016=(previous(drop/amount) 2016: no value) 2017=-91 2018=-9 ");
}

TEST_CASE("sum and mean take all series of a selector, everything else wants one")
{
    CHECK(answer("sum(drop/regions{r=1|2})", "man-years") ==
          "2016=3.75 2017=(drop/regions{r=1|2}: series 8 2017: confidential (:)) ");
    CHECK(answer("mean(drop/regions{r=1|2}, 3)", "man-years") ==
          "2016=2.25 2017=(drop/regions{r=1|2}: series 8 2017: confidential (:)) ");
    CHECK(answer("drop/regions{r=1|2} * 1") ==
          "2016=!the formula means several series of drop/regions{r=1|2}: make it name one, or sum(…) "
          "2017=!the formula means several series of drop/regions{r=1|2}: make it name one, or sum(…) ");
    CHECK(answer("sum(drop/none)") == "");
}

TEST_CASE("what cannot be worked out says why")
{
    CHECK(answer("drop/deaths / drop/zero") ==
          "2016=(drop/zero is zero for 2016: it cannot be divided by) 2017=49.4 2018=-286* ");
    CHECK(answer("growth(drop/zero)") ==
          "2016=(previous(drop/zero) 2016: no value) "
          "2017=(previous(drop/zero) is zero for 2017: it cannot be divided by) 2018=-120 ");
    CHECK(answer("drop/deaths + drop/amount", "deaths")
              .starts_with("2016=!drop/deaths + drop/amount: kroner are not "
                           "deaths "));
    CHECK(answer("drop/amount", "percent").starts_with("2016=!drop/amount: kroner are not percent "));
}

TEST_CASE("a value names every number it is made from, and is as new as the newest")
{
    const auto values = worked_out("deflate(drop/amount, drop/cpi, base = 2018)");
    const auto& value = values.at(Period::year(2016));
    REQUIRE(value.inputs.size() == 3);
    CHECK(value.inputs[0].name == "drop/amount");
    CHECK(value.inputs[1].name == "drop/cpi");
    CHECK(value.inputs[1].period == Period::year(2018));
    CHECK(value.inputs[2].period == Period::year(2016));
    CHECK(value.inputs[2].value.number == Decimal(1036, 1));
    CHECK(value.vintage == 8);
    CHECK(value.published_at == day("2019-01-10"));
}

namespace {

/// Indicator 1 is a series; 2 is twice that.
Catalogue two_indicators()
{
    Catalogue catalogue;
    for (const int number : {1, 2}) {
        Indicator indicator;
        indicator.number = number;
        Definition definition;
        definition.id = 1;
        definition.from = day("2018-01-01");
        definition.formula = parse_formula(number == 1 ? "drop/deaths" : "2 * indicator(1)");
        definition.unit = "deaths";
        indicator.definitions = {definition};
        catalogue.indicators.push_back(indicator);
    }
    return catalogue;
}

std::vector<Observation> published_from(const Selector& selector, const PublicationWindow& window)
{
    auto found = observed(selector);
    std::erase_if(found, [&](const auto& seen) { return seen.published_at < window.from; });
    return found;
}

} // namespace

TEST_CASE("an indicator is made from another, and its definitions bar the comparison too")
{
    auto catalogue = two_indicators();
    auto values = values_of(catalogue, *catalogue.find(2), {}, published_from);
    CHECK(text_of(values) == "2016=568 2017=494 2018=572* ");
    CHECK(values.at(Period::year(2016)).inputs.at(0).name == "indicator(1)");

    auto again = catalogue.indicators[0].definitions[0];
    again.id = 2;
    again.from = day("2019-01-01");
    again.reason = {"ny telling", "another count"};
    catalogue.indicators[0].definitions.push_back(again);
    values = values_of(catalogue, *catalogue.find(2), {}, published_from);
    values.at(Period::year(2016)).inputs[0].definition = 1;
    const auto verdict = Judge(*catalogue.find(2), values, {}, &catalogue)
                             .compare(Comparison::previous, Period::year(2016), Period::year(2017));
    CHECK(verdict.outcome == Outcome::not_comparable);
    CHECK(verdict.reason == "another count");
}

TEST_CASE("a definition that reads earlier values sees what was published before it")
{
    auto catalogue = two_indicators();
    auto& definition = catalogue.indicators[0].definitions[0];
    definition.from = day("2020-01-01");
    CHECK(text_of(values_of(catalogue, *catalogue.find(1), {}, published_from)).empty());
    definition.reads_earlier_values = true;
    CHECK(text_of(values_of(catalogue, *catalogue.find(1), {}, published_from)) == "2016=284 2017=247 2018=286* ");
}

TEST_CASE("values over time are the values as of each publication")
{
    auto catalogue = two_indicators();
    const auto versions = [](const Selector&) {
        auto all = series("drop/deaths", 1, "2016=282", "deaths", 1, "2018-04-01");
        for (auto& later : series("drop/deaths", 1, "2016=284,2017=247", "deaths", 2, "2019-11-01"))
            all.push_back(std::move(later));
        return all;
    };
    const auto found = values_over_time(catalogue, *catalogue.find(2), versions);
    REQUIRE(found.size() == 2);
    CHECK(found[0].published == day("2018-04-01"));
    CHECK(text_of(found[0].values) == "2016=564 ");
    CHECK(text_of(found[1].values) == "2016=568 2017=494 ");
}

// Amounts in another year's prices, and what a report adds up to.
#include "base/time_text.hpp"
#include "indicator/formula.hpp"
#include "indicator/status_report.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;

namespace {

/// Indicator 1 is an amount, 2 to 4 are shares of goal 1.
Catalogue small_catalogue(const std::string& price_base)
{
    Catalogue catalogue;
    for (const int number : {1, 2, 3, 4}) {
        Indicator indicator;
        indicator.number = number;
        indicator.part = number == 1 ? "overall input" : number == 4 ? "goal 2" : "goal 1";
        indicator.kind = number == 1 ? IndicatorKind::amount : IndicatorKind::share;
        indicator.direction = Direction::up;
        indicator.source = "SSB";
        indicator.baseline = Period::year(2016);
        Definition definition;
        definition.id = 1;
        definition.formula = parse_formula(fmt::format("drop/x{{nr={}}}", number));
        definition.price_base = number == 1 ? price_base : "";
        indicator.definitions = {definition};
        catalogue.indicators.push_back(indicator);
    }
    IndicatorSet set;
    set.number = 1;
    set.baseline = Period::year(2016);
    set.members = {1, 2, 3, 4};
    catalogue.sets = {set};
    catalogue.price_index = parse_formula("drop/cpi");
    catalogue.goals = {"goal 1", "goal 2"};
    return catalogue;
}

IndicatorSeries series(std::initializer_list<std::pair<int, const char*>> numbers)
{
    IndicatorSeries found;
    for (const auto& [year, number] : numbers) {
        IndicatorValue value;
        value.value.number = Decimal::parse(number);
        value.definition = 1;
        value.vintage = 7;
        value.published_at = parse_time("2019-11-01").value();
        found.values.emplace(Period::year(year), value);
    }
    return found;
}

IndicatorSeries read(const Indicator& indicator)
{
    switch (indicator.number) {
    case 0:
        return series({{2016, "103.6"}, {2017, "105.5"}, {2018, "108.4"}});
    case 1:
        return series({{2016, "400"}, {2017, "408"}});
    case 2:
        return series({{2016, "10"}, {2017, "12"}});
    case 3:
        return series({{2016, "10"}, {2017, "10"}});
    default:
        return series({{2016, "12"}, {2017, "10"}});
    }
}

StatusReport report(const Catalogue& catalogue, std::optional<int> prices_of = {},
                    std::optional<Thresholds> what_if = {})
{
    return make_report(catalogue, {1, Period::year(2017), {}, what_if, prices_of}, read);
}

std::string first_row(const StatusReport& made)
{
    const auto& row = made.rows.front();
    std::string text;
    for (const auto& value : row.values)
        text += (value.value.number ? value.value.number->text() : "(" + value.missing.en + ")") + " ";
    return text + row.shown_changes.front().value_or(Decimal()).text() + " " +
           std::string(to_string(row.changes.front().outcome));
}

} // namespace

TEST_CASE("amounts of their own years are judged in the prices they are shown in")
{
    const auto catalogue = small_catalogue("");
    CHECK(first_row(report(catalogue)) == "400 408 2.0 unchanged");
    // 400 * 108.4 / 103.6 = 418.5, 408 * 108.4 / 105.5 = 419.2: 0.16 percent.
    CHECK(first_row(report(catalogue, 2018)) == "418.5 419.2 0.2 unchanged");
}

TEST_CASE("amounts of a price base are shown in other prices and judged as they were")
{
    const auto catalogue = small_catalogue("2016");
    CHECK(first_row(report(catalogue, 2018)) == "419 427 2.0 unchanged");
    const auto made = report(catalogue, 2018);
    REQUIRE(made.prices);
    CHECK(made.prices->year == 2018);
    CHECK(made.prices->index == "drop/cpi");
    CHECK(made.prices->vintages == std::vector<std::int64_t>{7});
    CHECK(made.rows[1].values[0].value.number == Decimal(10, 0)); // shares are no amounts
}

TEST_CASE("amounts in fixed prices of a year that is not known stay as they are, and are named")
{
    auto catalogue = small_catalogue("");
    catalogue.indicators[0].definitions[0].unit = "MNOK fixed prices";
    CHECK(first_row(report(catalogue, 2018)) == "400 408 2.0 unchanged");
    CHECK(report(catalogue, 2018).prices->as_they_are == std::vector<int>{1});
}

TEST_CASE("prices of a year without an index are refused")
{
    auto catalogue = small_catalogue("");
    CHECK_THROWS_WITH(report(catalogue, 2030),
                      "the price index drop/cpi has no number for 2030: harvest it, or ask for a year it has");
    catalogue.price_index.reset();
    CHECK_THROWS_WITH(report(catalogue, 2018),
                      "the catalogue names no price index: add [prices] with index = \"…\" to sets.toml");
}

TEST_CASE("other limits are tried on the whole report")
{
    const auto catalogue = small_catalogue("");
    CHECK(first_row(report(catalogue, {}, Thresholds{Decimal(5, 1), Decimal(1, 0)})) == "400 408 2.0 improved");
}

TEST_CASE("a column is summed up by part, and the plan by the evaluation's rule")
{
    const auto catalogue = small_catalogue("");
    const auto made = report(catalogue);
    REQUIRE(made.roll_ups.size() == 1);
    const auto& sum = made.roll_ups.front();
    REQUIRE(sum.parts.size() == 3);
    CHECK(sum.parts[1].part == "goal 1");
    CHECK(sum.parts[1].course == Course::positive);
    CHECK(sum.parts[2].course == Course::negative);
    CHECK(sum.plan == Course::mixed);
    CHECK(sum.counts[static_cast<std::size_t>(Outcome::improved)] == 1);
    CHECK(sum.counts[static_cast<std::size_t>(Outcome::unchanged)] == 2);

    CHECK(roll_up(made.rows, 0, {"goal 1"}).plan == Course::positive); // the part's role says it, not its name
    CHECK(roll_up(made.rows, 0, {}).plan == Course::none);
    auto rows = made.rows;
    rows.pop_back();
    CHECK(roll_up(rows, 0, catalogue.goals).plan == Course::positive);
    rows.erase(rows.begin() + 1);
    CHECK(roll_up(rows, 0, catalogue.goals).plan == Course::none);
    CHECK(roll_up({made.rows[3]}, 0, catalogue.goals).plan == Course::negative);
}

TEST_CASE("a report names the datasets its numbers are from")
{
    const auto catalogue = small_catalogue("");
    const auto made = report(catalogue);
    REQUIRE(made.sources.size() == 1);
    CHECK(made.sources[0].dataset == "drop/x");
    CHECK(made.sources[0].publishers == std::vector<std::string>{"SSB"});
    CHECK(made.sources[0].numbers == std::vector<int>{1, 2, 3, 4});
    CHECK(made.sources[0].vintage == 7);
}

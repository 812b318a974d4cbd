#include "indicator/evaluate.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/status_report.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Time day(const char* text)
{
    return parse_time(text).value();
}

Period year(int number)
{
    return Period::year(number);
}

/// Two definitions: 2018, and from 2019 another that does not compare.
Indicator deaths()
{
    Indicator indicator;
    indicator.number = 9;
    indicator.label = {"Dødsfall", "Deaths"};
    indicator.part = "societal effects";
    indicator.direction = Direction::down;
    indicator.baseline = year(2016);
    Definition first;
    first.id = 1;
    first.from = day("2018-04-01");
    first.formula = Formula::of(Selector::parse("drop/x{nr=9}"));
    Definition second = first;
    second.id = 2;
    second.from = day("2019-11-01");
    second.reason = {"ny måte å telle på", "counted in a new way"};
    indicator.definitions = {first, second};
    return indicator;
}

IndicatorValue value(const char* number, int definition = 1, std::int64_t vintage = 1)
{
    return {{Decimal::parse(number), {}}, definition, vintage, {}};
}

Observation observation(int period, const char* number, std::int64_t series, const char* published,
                        std::int64_t vintage)
{
    Observation seen;
    seen.series = series;
    seen.label = fmt::format("series {}", series);
    seen.period = year(period);
    seen.value.number = Decimal::parse(number);
    seen.vintage = vintage;
    seen.published_at = day(published);
    return seen;
}

} // namespace

TEST_CASE("a verdict holds its whole working")
{
    const IndicatorValues values = {{year(2016), value("284", 1, 3)}, {year(2017), value("247", 1, 4)}};
    const auto verdict = compare(deaths(), values, Comparison::previous, year(2016), year(2017));
    CHECK(verdict.indicator == 9);
    CHECK(verdict.definition == 1);
    CHECK(verdict.years == 1);
    CHECK(verdict.vintages == std::vector<std::int64_t>{3, 4});
    CHECK(verdict.outcome == Outcome::improved);
    CHECK(verdict.change->text() == "-13.02816901");
    CHECK(verdict.unit == "percent");
    CHECK(verdict.rule == "change/1 ±2.5 percent");
    CHECK(verdict.reason == "");
    CHECK(verdict.sentence.nb == "Grønn: 284 → 247 (−13,0 %, grense ±2,5 %)");
    CHECK(shown_change(deaths(), verdict, 1)->text() == "-13.0");
}

TEST_CASE("a missing value is no data and says for which period")
{
    const IndicatorValues values = {{year(2016), value("284")}, {year(2017), value("")}};
    const auto reason = [&](int from, int to) {
        const auto verdict = compare(deaths(), values, Comparison::previous, year(from), year(to));
        CHECK(verdict.outcome == Outcome::no_data);
        CHECK_FALSE(verdict.change);
        return verdict.reason;
    };
    CHECK(reason(2016, 2017) == "no value for 2017");
    CHECK(reason(2015, 2016) == "no value for 2015");
    CHECK(reason(2017, 2018) == "no value for 2017 or 2018");
}

TEST_CASE("values of definitions that do not compare are not compared")
{
    const IndicatorValues values = {{year(2016), value("284", 1)}, {year(2017), value("247", 2)}};
    auto indicator = deaths();
    const auto verdict = compare(indicator, values, Comparison::previous, year(2016), year(2017));
    CHECK(verdict.outcome == Outcome::not_comparable);
    CHECK(verdict.reason == "counted in a new way");
    CHECK_FALSE(verdict.change);
    CHECK(verdict.sentence.nb == "Grå: 284 → 247 (ikke sammenlignbar: ny måte å telle på)");
    indicator.definitions[1].comparable_with_previous = true;
    CHECK(compare(indicator, values, Comparison::previous, year(2016), year(2017)).outcome == Outcome::improved);
    indicator.definitions[0].price_base = "2016";
    indicator.definitions[1].price_base = "2018";
    CHECK(compare(indicator, values, Comparison::previous, year(2016), year(2017)).reason ==
          "different price bases: 2016 and 2018");
}

TEST_CASE("periods on either side of a break are not compared")
{
    auto indicator = deaths();
    indicator.definitions[0].breaks = {{year(2017), false, {"nytt skjema", "new form"}}};
    const IndicatorValues values = {
        {year(2015), value("9")}, {year(2016), value("8")}, {year(2017), value("7")}, {year(2018), value("6")}};
    const auto outcome = [&](int from, int to) {
        return compare(indicator, values, Comparison::previous, year(from), year(to)).outcome;
    };
    CHECK(outcome(2015, 2016) == Outcome::improved);
    CHECK(outcome(2016, 2017) == Outcome::not_comparable);
    CHECK(outcome(2015, 2018) == Outcome::not_comparable);
    CHECK(outcome(2017, 2018) == Outcome::improved);
    CHECK(compare(indicator, values, Comparison::previous, year(2016), year(2017)).reason == "new form");
}

TEST_CASE("the definition in force says what to read")
{
    auto indicator = deaths();
    CHECK(reading_of(indicator, day("2018-06-01")).series.at(0).window.from == day("2018-04-01"));
    CHECK(reading_of(indicator, {}).series.at(0).window.from == day("2019-11-01"));
    indicator.definitions[1].comparable_with_previous = true;
    CHECK(reading_of(indicator, {}).series.at(0).window.from == day("2019-11-01"));
    indicator.definitions[1].keeps_earlier_values = true;
    CHECK(reading_of(indicator, {}).series.at(0).window.from == day("2018-04-01"));
}

TEST_CASE("observations become values, each under the definition it was published under")
{
    const auto values = values_from(
        deaths(), {}, {observation(2016, "284", 1, "2018-04-01", 1), observation(2017, "247", 1, "2019-11-01", 2)});
    CHECK(values.at(year(2016)).definition == 1);
    CHECK(values.at(year(2017)).definition == 2);
    CHECK(values.at(year(2017)).vintage == 2);
    CHECK(values.at(year(2017)).value.number == Decimal(247, 0));
}

namespace {

/// What a formula reads that means two series.
IndicatorValues ambiguous()
{
    return values_from(deaths(), {},
                       {observation(2016, "284", 1, "2018-04-01", 1), observation(2017, "247", 2, "2018-04-01", 1)});
}

constexpr auto several =
    "the formula drop/x{nr=9} means several series (series 1; series 2): make it name one, or sum(…)";

} // namespace

TEST_CASE("a formula that means several series gives no numbers, and says why")
{
    const auto values = ambiguous();
    REQUIRE(values.size() == 2);
    for (const auto& [period, value] : values) {
        CHECK_FALSE(value.value.number);
        CHECK(value.formula_error.en == several);
        CHECK(value.formula_error.nb ==
              "formelen drop/x{nr=9} gjelder flere serier (series 1; series 2): la den nevne én, "
              "eller sum(…)");
    }
    const auto verdicts = current_verdicts(deaths(), values);
    REQUIRE(verdicts.size() == 3);
    for (const auto& verdict : verdicts) {
        CHECK(verdict.outcome == Outcome::no_data);
        CHECK(verdict.reason == several);
        CHECK(verdict.vintages.empty());
    }
    CHECK(
        values_from(deaths(), {}, {observation(2016, "284", 1, "2018-04-01", 1)}).begin()->second.formula_error.en ==
        "");
}

TEST_CASE("the verdicts that hold now compare neighbours, and the newest with the baseline")
{
    const IndicatorValues values = {{year(2015), value("300")}, {year(2016), value("284")}, {year(2017), value("")},
                                    {year(2018), value("247")}, {year(2019), value("250")}, {year(2020), value("")}};
    std::vector<std::string> made;
    for (const auto& verdict : current_verdicts(deaths(), values))
        made.push_back(fmt::format("{} {}-{}/{} {} {}", to_string(verdict.comparison), verdict.from.text(),
                                   verdict.to.text(), verdict.years, to_string(verdict.outcome),
                                   verdict.change->text()));
    CHECK(made == std::vector<std::string>{
                      "previous 2015-2016/1 improved -5.33333333", "previous 2016-2018/2 improved -13.02816901",
                      "previous 2018-2019/1 unchanged 1.21457490", "baseline 2016-2019/3 improved -11.97183099",
                      "per year 2016-2019/3 improved -4.16137898"});
    CHECK(current_verdicts(deaths(), {}).empty());
    CHECK(current_verdicts(deaths(), {{year(2016), value("1")}}).empty());
}

TEST_CASE("a change per year needs periods that lie whole years apart")
{
    const auto quarter = [](const char* text) { return Period::parse(text).value(); };
    auto indicator = deaths();
    indicator.baseline = quarter("2016Q1");
    const auto comparisons = [&](const char* newest) {
        std::vector<std::string> made;
        for (const auto& verdict :
             current_verdicts(indicator, {{quarter("2016Q1"), value("10")}, {quarter(newest), value("9")}}))
            made.emplace_back(to_string(verdict.comparison));
        return made;
    };
    CHECK(comparisons("2018Q1") == std::vector<std::string>{"previous", "baseline", "per year"});
    CHECK(comparisons("2018Q2") == std::vector<std::string>{"previous", "baseline"});
}

namespace {

IndicatorSeries nothing(const Indicator&)
{
    return {};
}

} // namespace

TEST_CASE("a report has the columns of its period")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto columns = [&](int period) {
        const auto report = make_report(catalogue, {3, year(period)}, nothing);
        std::string text;
        for (const auto& column : report.periods)
            text += column.text() + " ";
        for (const auto& change : report.rows.front().changes)
            text += fmt::format("{}-{}/{} ", change.from.text(), change.to.text(),
                                change.comparison == Comparison::per_year ? change.years : 1);
        return text;
    };
    CHECK(columns(2016) == "2016 ");
    CHECK(columns(2017) == "2016 2017 2016-2017/1 ");
    CHECK(columns(2018) == "2016 2017 2018 2016-2017/1 2017-2018/1 2016-2018/2 ");
    CHECK(columns(2020) == "2016 2018 2019 2020 2018-2019/1 2019-2020/1 2016-2020/4 ");
}

TEST_CASE("one indicator whose values could not be made leaves the other rows of a report as they are")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto read = [](const Indicator& indicator) {
        return IndicatorSeries{indicator.number == 9
                                   ? ambiguous()
                                   : IndicatorValues{{year(2016), value("284")}, {year(2017), value("247")}},
                               {},
                               {}};
    };
    const auto report = make_report(catalogue, {3, year(2017)}, read);
    REQUIRE(report.rows.size() == 85);
    for (const auto& row : report.rows) {
        const bool troubled = row.indicator->number == 9;
        CHECK(row.formula_error.en == (troubled ? several : ""));
        CHECK((row.changes.front().outcome == Outcome::no_data) == troubled);
        if (row.definition->judged_on == JudgedOn::change)
            CHECK(row.changes.front().reason == (troubled ? several : ""));
    }
}

TEST_CASE("a report's rows stand by table and by the number of the set")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto third = make_report(catalogue, {3, year(2018)}, nothing);
    REQUIRE(third.rows.size() == 85);
    CHECK(third.rows.front().table == "5.1");
    CHECK(third.rows.front().number == 1);
    CHECK(third.rows.back().table == "11.1");
    CHECK(third.rows.back().number == 93);
    CHECK(third.rows[8].table == "6.1");
}

TEST_CASE("the first report has its own numbers, also the one that merged later")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    std::map<std::string, int> formulas;
    const auto read = [&](const Indicator& indicator) {
        const auto reading = reading_of(indicator, day("2018-06-01"));
        ++formulas[reading.series.at(0).selector.text()];
        return IndicatorSeries{{{year(2016), value("1")}}, {}, {}};
    };
    const auto report = make_report(catalogue, {1, year(2017), day("2018-06-01")}, read);
    REQUIRE(report.rows.size() == 94);
    CHECK(formulas.size() == 94);
    CHECK(formulas.at("drop/status-report{nr=93}") == 1);
    for (std::size_t i = 0; i < report.rows.size(); ++i)
        CHECK(report.rows[i].number == static_cast<int>(i) + 1);
    CHECK(report.rows[92].label().nb == "Saker med ungdomsoppfølging");
    CHECK(report.periods.empty());
    CHECK(report.rows[92].newest() == year(2016));
    CHECK(report.rows[93].indicator->number == 93);
    const auto today = make_report(catalogue, {1, year(2017)}, read);
    CHECK_FALSE(today.rows[92].newest());
}

TEST_CASE("a set says which columns its report has; the last is per year from each indicator's own baseline")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto read = [](const Indicator& indicator) {
        IndicatorValues values;
        for (int at = 2016; at <= 2020; ++at)
            values[year(at)] = value(std::to_string(10 + 3 * (at - 2016)).c_str(), indicator.definitions.back().id);
        return IndicatorSeries{values, {}, {}};
    };
    const auto report = make_report(catalogue, {5, year(2020)}, read);
    CHECK(report.periods.size() == 5);
    REQUIRE(report.columns.size() == 2);
    CHECK(report.columns[0].from == year(2019));
    CHECK_FALSE(report.columns[1].from);
    std::map<std::string, std::string> starts;
    for (const auto& row : report.rows) {
        starts[row.number_text()] = row.changes[1].from.text();
        if (row.kind() == IndicatorKind::share && row.changes[1].change)
            CHECK(row.shown_changes[1]->text() == "3.0"); // the same every year, whatever the start
    }
    CHECK(starts.at("27") == "2016");
    CHECK(starts.at("25") == "2017");
    CHECK(starts.at("32") == "2018");
    CHECK_FALSE(starts.contains("24"));
    const auto at_start = make_report(catalogue, {5, year(2018)}, read);
    for (const auto& row : at_start.rows)
        if (row.number == 32) {
            CHECK(row.changes[1].outcome == Outcome::no_data);
            CHECK(row.changes[1].reason == "measured from 2018 on");
        }
}

TEST_CASE("a revised definition stands beside the old one, and is not counted twice")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    std::vector<std::string> read_as;
    const auto read = [&](const Indicator& indicator) {
        if (indicator.number == 30)
            read_as.push_back(indicator.definitions.back().formula.text());
        return IndicatorSeries{{{year(2019), value("64")}, {year(2020), value("70")}}, {}, {}};
    };
    const auto report = make_report(catalogue, {5, year(2020)}, read);
    CHECK(read_as ==
          std::vector<std::string>{"coalesce(drop/brukerplan{omrade=plan,vurdering=ja,vekting=vektet}, earlier())",
                                   "drop/status-report{nr=30rev}"});
    REQUIRE(report.rows.size() == 85);
    std::vector<std::string> numbers;
    for (const auto& row : report.rows)
        numbers.push_back(row.number_text());
    const auto revised = std::find(numbers.begin(), numbers.end(), "30rev");
    REQUIRE(revised != numbers.end());
    CHECK(*std::prev(revised) == "30");
    CHECK(*std::next(revised) == "31");
    int counted = 0;
    for (const int count : report.roll_ups.front().counts)
        counted += count;
    CHECK(counted == 84);
}

/// An indicator with one definition that is judged on something else than its change.
Indicator judged_on(JudgedOn what)
{
    auto indicator = deaths();
    indicator.kind = IndicatorKind::ratio;
    indicator.direction = Direction::up;
    indicator.target = Decimal(1, 0);
    indicator.definitions.resize(1);
    indicator.definitions[0].judged_on = what;
    return indicator;
}

TEST_CASE("an indicator that is judged on its level is so each year, and its change is not judged")
{
    const auto indicator = judged_on(JudgedOn::level);
    const IndicatorValues values = {
        {year(2016), value("2.0")}, {year(2017), value("-3.1")}, {year(2018), value("1.0")}};
    const auto verdicts = current_verdicts(indicator, values);
    REQUIRE(verdicts.size() == 2); // no comparison with the baseline
    CHECK(verdicts[0].outcome == Outcome::worsened);
    CHECK(verdicts[0].rule == "change/1 level > 1");
    CHECK(verdicts[1].outcome == Outcome::worsened); // exactly at the target is not above it
    const auto change =
        Judge(indicator, values, {}).compare(Comparison::previous, year(2016), year(2017), Levels::not_judged);
    CHECK(change.outcome == Outcome::not_judged);
    CHECK_FALSE(change.change);
    CHECK(change.sentence.en == "Not judged: 2.0 → −3.1 (judged on its level, not on its change)");
    CHECK(change.sentence.nb == "Uvurdert: 2,0 → −3,1 (vurderes på nivået, ikke på endringen)");
}

TEST_CASE("an indicator that is judged on nothing has no verdicts, but its values are shown")
{
    const auto indicator = judged_on(JudgedOn::nothing);
    const IndicatorValues values = {{year(2016), value("419")}, {year(2017), value("309")}};
    CHECK(current_verdicts(indicator, values).empty());
    const auto change = compare(indicator, values, Comparison::previous, year(2016), year(2017));
    CHECK(change.outcome == Outcome::not_judged);
    CHECK(change.old_value == Decimal(419, 0));
    CHECK(change.reason == "is not judged");
    CHECK(change.rule == "change/1 not judged");
}

TEST_CASE("a part is unchanged where nothing moved but something was measured")
{
    const auto course_of = [](const std::vector<Outcome>& outcomes) {
        Indicator indicator;
        indicator.part = "goal 1";
        std::vector<StatusReport::Row> rows;
        for (const auto outcome : outcomes) {
            rows.emplace_back().indicator = &indicator;
            rows.back().changes.emplace_back().outcome = outcome;
        }
        return roll_up(rows, 0, {"goal 1"}).parts.at(0).course;
    };
    CHECK(course_of({Outcome::unchanged, Outcome::no_data}) == Course::unchanged);
    CHECK(course_of({Outcome::no_data, Outcome::not_judged}) == Course::none);
    CHECK(course_of({Outcome::unchanged, Outcome::improved}) == Course::positive);
    CHECK(course_of({Outcome::worsened, Outcome::improved, Outcome::unchanged}) == Course::mixed);
}

TEST_CASE("a report of an unknown set or for a wrong period is refused")
{
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto make = [&](int set, const char* period) {
        return make_report(catalogue, {set, Period::parse(period).value()}, nothing);
    };
    CHECK_THROWS_WITH(make(7, "2018"), "there is no indicator set 7 (known: 1, 2, 3, 4, 5)");
    CHECK_THROWS_WITH(make(3, "2015"), "a report of set 3 is for a year from 2016 on, not for '2015'");
    CHECK_THROWS_WITH(make(3, "2018Q1"), "a report of set 3 is for a year from 2016 on, not for '2018Q1'");
}

#include "report/chart_course.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

IndicatorValues values_of(std::initializer_list<std::pair<int, const char*>> numbers)
{
    IndicatorValues values;
    for (const auto& [year, number] : numbers)
        values[Period::year(year)].value.number = Decimal::parse(number);
    return values;
}

using Lines = std::vector<std::vector<std::size_t>>;

} // namespace

TEST_CASE("a line has a gap where a period lacks a number or is not there", "[report]")
{
    const Indicator indicator;
    const Definition definition;
    CHECK(chart_course(values_of({{2016, "1"}, {2017, "2"}, {2018, "3"}}), indicator, definition, {}).lines ==
          Lines{{0, 1, 2}});
    const auto lacking = chart_course(values_of({{2016, "1"}, {2017, ""}, {2018, "3"}}), indicator, definition, {});
    CHECK(lacking.lines == Lines{{0}, {2}});
    CHECK(lacking.numbers() == 2);
    CHECK(chart_course(values_of({{2014, "1"}, {2015, "2"}, {2018, "3"}}), indicator, definition, {}).lines ==
          Lines{{0, 1}, {2}});
    CHECK(chart_course(values_of({{2014, "1"}, {2016, "2"}, {2018, "3"}}), indicator, definition, {}).lines ==
          Lines{{0, 1, 2}}); // every second year is the usual step
    CHECK(chart_course({}, indicator, definition, {}).lines.empty());
}

TEST_CASE("a line ends where values stop being comparable", "[report]")
{
    const Indicator indicator;
    Definition definition;
    const auto values = values_of({{2016, "1"}, {2017, "2"}, {2018, "3"}});
    const std::vector<SeriesBreak> found = {{Period::year(2017), false, {}}};
    CHECK(chart_course(values, indicator, definition, found).lines == Lines{{0}, {1, 2}});
    CHECK(chart_course(values, indicator, definition, found).breaks == std::vector<std::size_t>{1});
    definition.breaks = {{Period::year(2018), true, {}}};
    CHECK(chart_course(values, indicator, definition, {}).breaks.empty()); // the catalogue says that they compare
    definition.breaks.front().comparable = false;
    CHECK(chart_course(values, indicator, definition, found).lines == Lines{{0}, {1}, {2}});
}

TEST_CASE("a line ends where the definition became another that does not compare", "[report]")
{
    Indicator indicator;
    indicator.definitions.resize(2);
    indicator.definitions[0].id = 1;
    indicator.definitions[1].id = 2;
    auto values = values_of({{2016, "1"}, {2017, "2"}});
    values[Period::year(2016)].definition = 1;
    values[Period::year(2017)].definition = 2;
    CHECK(chart_course(values, indicator, indicator.definitions[1], {}).breaks.size() == 1);
    indicator.definitions[1].comparable_with_previous = true;
    CHECK(chart_course(values, indicator, indicator.definitions[1], {}).breaks.empty());
}

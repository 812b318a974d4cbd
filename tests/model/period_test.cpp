#include "model/period.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace skurd;

TEST_CASE("periods are read as the sources write them and written canonically")
{
    const auto canonical = [](const char* text) { return Period::parse(text).value().text(); };
    CHECK(canonical("2016") == "2016");
    CHECK(canonical(" 2024K2 ") == "2024Q2");
    CHECK(canonical("2024Q2") == "2024Q2");
    CHECK(canonical("2024M06") == "2024M06");
    CHECK(canonical("2024U23") == "2024W23");
    CHECK(canonical("2024H1") == "2024H1");
    CHECK(canonical("2018T2") == "2018T2");
    CHECK(canonical("2011-12") == "2011/2012");
    CHECK(canonical("2021/2022") == "2021/2022");
    CHECK(canonical("2022_2024") == "2022-2024");
    CHECK(canonical("2024_2024") == "2024");
    CHECK(canonical("2024M13") == "2024M13");
    CHECK(Period::parse("2024M13")->kind() == PeriodKind::other);
    CHECK_FALSE(Period::parse("  "));
}

TEST_CASE("every canonical text reads back as itself")
{
    for (const auto* text :
         {"2016", "2016H2", "2016T3", "2016Q4", "2016M12", "2016W52", "2016/2017", "2016-2018", "before"})
        CHECK(Period::parse(text)->text() == text);
}

TEST_CASE("periods know their days")
{
    const auto days = [](const char* text) {
        const auto period = Period::parse(text).value();
        return format_date(period.first_day()) + " " + format_date(period.last_day());
    };
    CHECK(days("2016") == "2016-01-01 2016-12-31");
    CHECK(days("2016H2") == "2016-07-01 2016-12-31");
    CHECK(days("2016T2") == "2016-05-01 2016-08-31");
    CHECK(days("2016Q1") == "2016-01-01 2016-03-31");
    CHECK(days("2016M02") == "2016-02-01 2016-02-29");
    CHECK(days("2020W53") == "2020-12-28 2021-01-03");
    CHECK(days("2021W01") == "2021-01-04 2021-01-10");
    CHECK(days("2016/2017") == "2016-08-01 2017-07-31");
    CHECK(days("2016-2018") == "2016-01-01 2018-12-31");
}

TEST_CASE("periods are ordered in time and others come last")
{
    std::vector<Period> periods;
    for (const auto* text : {"z", "2017", "2016-2018", "2016", "2016Q1", "a"})
        periods.push_back(Period::parse(text).value());
    std::sort(periods.begin(), periods.end());
    std::string order;
    for (const auto& period : periods)
        order += period.text() + " ";
    CHECK(order == "2016Q1 2016 2016-2018 2017 a z ");
}

#include "config/cron.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string next(const char* expression, const char* after)
{
    const std::chrono::local_seconds time(parse_time(after).value().time_since_epoch());
    const auto found = Cron::parse(expression).next_after(time);
    return found ? format_time(Time(found->time_since_epoch())).substr(0, 16) : "never";
}

} // namespace

TEST_CASE("cron expressions name the next minute")
{
    CHECK(next("20 8 * * 1-5", "2026-11-20T08:19:59") == "2026-11-20T08:20");
    CHECK(next("20 8 * * 1-5", "2026-11-20T08:20:00") == "2026-11-23T08:20");
    CHECK(next("*/15 * * * *", "2026-11-20T08:46:00") == "2026-11-20T09:00");
    CHECK(next("5 8-16/4 * * *", "2026-11-20T08:06:00") == "2026-11-20T12:05");
    CHECK(next("0 0 1 jan *", "2026-11-20T08:06:00") == "2027-01-01T00:00");
    CHECK(next("0 0 * * sun", "2026-11-20T08:06:00") == "2026-11-22T00:00");
    CHECK(next("0 0 * * 7", "2026-11-20T08:06:00") == "2026-11-22T00:00");
    CHECK(next("0 0 13 * 5", "2026-11-20T08:06:00") == "2026-11-27T00:00");
    CHECK(next("0 0 29 2 *", "2026-11-20T08:06:00") == "2028-02-29T00:00");
    CHECK(next("0 0 30 2 *", "2026-11-20T08:06:00") == "never");
}

TEST_CASE("a wrong cron expression is refused by field")
{
    using Catch::Matchers::Contains;
    CHECK_THROWS_WITH(Cron::parse("20 8 * *"), Contains("has 4 fields, not 5"));
    CHECK_THROWS_WITH(Cron::parse("60 8 * * *"), Contains("'minute': '60' is not a number from 0 to 59"));
    CHECK_THROWS_WITH(Cron::parse("0 8 * * 5-1"), Contains("runs backwards"));
    CHECK_THROWS_WITH(Cron::parse("0 8 * foo *"), Contains("'month': 'foo'"));
    CHECK_THROWS_WITH(Cron::parse("*/0 8 * * *"), Contains("'minute': '0'"));
    CHECK_THROWS_WITH(Cron::parse("1,,2 8 * * *"), Contains("'minute': ''"));
}

TEST_CASE("the first of a schedule's times in each week, and its times of day on every day and often")
{
    const auto day = [](int number) { return std::chrono::local_days(std::chrono::year(2026) / 3 / number); };
    const auto workdays = Cron::parse("20 8,16 * * 1-5");
    const auto monthly = Cron::parse("20 8 1 * *");
    // 2 March 2026 is a Monday.
    CHECK(workdays.next_weekly_after(day(1)) == day(2) + std::chrono::hours(8) + std::chrono::minutes(20));
    CHECK(workdays.next_weekly_after(day(3)) == day(9) + std::chrono::hours(8) + std::chrono::minutes(20));
    CHECK(monthly.next_weekly_after(day(1)) == day(1) + std::chrono::hours(8) + std::chrono::minutes(20));
    CHECK(monthly.next_weekly_after(day(2)) == monthly.next_after(day(2)));
    CHECK(Cron::parse("0 0 30 2 *").next_weekly_after(day(1)) == std::nullopt);

    const auto dense = monthly.densely();
    std::string hours;
    for (auto at = dense.next_after(day(7)); at && *at < day(8); at = dense.next_after(*at))
        hours += std::to_string(std::chrono::floor<std::chrono::hours>(*at - day(7)).count()) + " ";
    CHECK(hours == "8 9 10 11 12 13 14 ");
    CHECK_FALSE(dense.is_hourly());
    CHECK(Cron::parse("*/30 * * * 1").is_hourly());
}

// Due times where the clock on the wall is put forward and back, and around an expected release.
#include "daemon/due_times.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <string>

using namespace skurd;

namespace {

DueTimes times(const std::string& schedule, const std::string& zone = "Europe/Oslo")
{
    return {Cron::parse(schedule), TimeZone::find(zone)};
}

/// The due times after one instant and before another, as "05T01:30 06T01:30 " in UTC.
std::string between(const DueTimes& due, const char* after, const char* before,
                    const std::optional<ExpectedRelease>& expected = {})
{
    std::string text;
    const auto end = parse_time(before).value();
    for (auto at = due.next_after(parse_time(after).value(), expected); at && *at < end;
         at = due.next_after(*at, expected))
        text += format_time(*at).substr(8, 8) + " ";
    return text;
}

} // namespace

TEST_CASE("a job is due on the clock of its own place, summer and winter")
{
    const auto workdays = times("20 8 * * 1-5");
    CHECK(between(workdays, "2026-01-15T00:00:00Z", "2026-01-17T00:00:00Z") == "15T07:20 16T07:20 ");
    CHECK(between(workdays, "2026-07-15T00:00:00Z", "2026-07-17T00:00:00Z") == "15T06:20 16T06:20 ");
    CHECK(times("0 0 30 2 *").next_after(parse_time("2026-01-01").value()) == std::nullopt);
}

// Oslo: 29 March 2026 02:00 -> 03:00 (01:00Z); 25 October 2026 03:00 -> 02:00 (01:00Z).
TEST_CASE("a time the clock skips comes at the end of the gap, one that comes twice comes once")
{
    const auto nightly = times("30 2 * * *");
    CHECK(between(nightly, "2026-03-28T12:00:00Z", "2026-03-31T00:00:00Z") == "29T01:00 30T00:30 ");
    CHECK(between(nightly, "2026-10-24T12:00:00Z", "2026-10-27T00:00:00Z") == "25T00:30 26T01:30 ");
}

TEST_CASE("a schedule of every hour neither pauses nor doubles when the clock is put forward or back")
{
    const auto half_hourly = times("*/30 * * * *");
    CHECK(between(half_hourly, "2026-10-24T23:45:00Z", "2026-10-25T03:00:00Z") ==
          "25T00:00 25T00:30 25T01:00 25T01:30 25T02:00 25T02:30 ");
    CHECK(between(half_hourly, "2026-03-29T00:00:00Z", "2026-03-29T02:30:00Z") ==
          "29T00:30 29T01:00 29T01:30 29T02:00 ");
    CHECK(between(times("15 * * * *"), "2026-03-28T23:30:00Z", "2026-03-29T03:00:00Z") ==
          "29T00:15 29T01:15 29T02:15 ");
    CHECK(between(times("0 * * * 0"), "2026-10-25T00:30:00Z", "2026-10-25T03:30:00Z") ==
          "25T01:00 25T02:00 25T03:00 ");
    // Lord Howe Island's clock is put back by half an hour, on 5 April 2026 at 02:00 (15:00Z the day before).
    CHECK(between(times("*/30 * * * *", "Australia/Lord_Howe"), "2026-04-04T14:15:00Z", "2026-04-04T16:30:00Z") ==
          "04T14:30 04T15:00 04T15:30 04T16:00 ");
}

TEST_CASE("in every hour of a year of two changes a job of every half hour is due twice")
{
    const auto half_hourly = times("*/30 * * * *");
    auto at = parse_time("2026-01-01T00:00:00Z").value();
    const auto end = at + std::chrono::days(365);
    int count = 0;
    for (auto next = half_hourly.next_after(at); next && *next <= end; next = half_hourly.next_after(at)) {
        CHECK(*next - at == std::chrono::minutes(30));
        at = *next;
        ++count;
    }
    CHECK(count == 365 * 48);
}

TEST_CASE("a leap day comes in leap years")
{
    const auto due = times("0 12 29 2 *", "UTC");
    CHECK(due.next_after(parse_time("2026-01-01").value()) == parse_time("2028-02-29T12:00:00Z"));
    CHECK(due.next_after(parse_time("2028-02-29T12:00:00Z").value()) == parse_time("2032-02-29T12:00:00Z"));
}

TEST_CASE("polls are weekly while an expected release is far, dense around it, and on schedule when it is overdue")
{
    const ExpectedRelease expected{parse_time("2026-03-19").value(), parse_time("2026-03-20").value()};
    CHECK(between(times("20 8 * * 1-5", "UTC"), "2026-03-01T00:00:00Z", "2026-03-25T00:00:00Z", expected) ==
          "02T08:20 09T08:20 16T08:20 "
          "18T08:20 18T09:20 18T10:20 18T11:20 18T12:20 18T13:20 18T14:20 "
          "19T08:20 19T09:20 19T10:20 19T11:20 19T12:20 19T13:20 19T14:20 "
          "20T08:20 23T08:20 24T08:20 ");
    const auto monthly =
        between(times("20 8 1 * *", "UTC"), "2026-02-28T00:00:00Z", "2026-04-02T00:00:00Z", expected);
    CHECK(monthly.starts_with("01T08:20 18T08:20 "));
    CHECK(monthly.ends_with("19T14:20 01T08:20 "));
}

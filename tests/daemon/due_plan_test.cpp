// What the scheduler does with one job, by tables: no store, no clock.
#include "daemon/due_plan.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace std::chrono_literals;

namespace {

Time at(std::string_view text)
{
    return parse_time(text).value();
}

/// Due at 08:00 each day, UTC; in the first place of the spread.
DueRules daily()
{
    return {DueTimes(Cron::parse("0 8 * * *"), TimeZone::find("UTC"))};
}

/// "failed 10T08:00 at 11T08:00".
std::string plan_text(const DueRules& rules, const DueState& state, std::string_view now)
{
    const auto plan = plan_due(rules, state, at(now));
    if (!plan)
        return "never";
    const auto* const why = plan->why == DuePlan::Why::due    ? "due"
                            : plan->why == DuePlan::Why::owed ? "owed"
                                                              : "failed";
    return fmt::format("{} {} at {}", why, format_time(plan->due).substr(8, 8),
                       format_time(plan->run_at).substr(8, 8));
}

} // namespace

TEST_CASE("a due time that has passed is owed, from the first that was missed on")
{
    const DueState state{at("2026-03-09T08:00:00Z"), {}, 0};
    struct Row {
        const char* now;
        const char* plan;
    };
    for (const auto& [now, plan] : {Row{"2026-03-09T08:00:00Z", "due 10T08:00 at 10T08:00"},
                                    Row{"2026-03-10T07:59:59Z", "due 10T08:00 at 10T08:00"},
                                    Row{"2026-03-10T08:00:00Z", "owed 10T08:00 at 10T08:00"},
                                    Row{"2026-03-13T23:00:00Z", "owed 10T08:00 at 10T08:00"}}) { // three days asleep
        INFO(now);
        CHECK(plan_text(daily(), state, now) == plan);
    }
    CHECK(plan_text(daily(), after_success(state, at("2026-03-13T23:00:00Z")), "2026-03-13T23:01:00Z") ==
          "due 14T08:00 at 14T08:00"); // one run for all
    const DueRules never{DueTimes(Cron::parse("0 8 30 2 *"), TimeZone::find("UTC"))};
    CHECK(plan_text(never, state, "2026-03-10T08:00:00Z") == "never");
}

TEST_CASE("what failed is tried again after minutes, then hours, until the next due time, which is tried at once")
{
    const auto rules = daily();
    DueState state{at("2026-03-09T08:00:00Z"), {}, 0};
    std::string tries;
    auto now = at("2026-03-10T08:00:00Z");
    while (now < at("2026-03-11T12:00:00Z")) {
        tries += format_time(now).substr(8, 8) + " ";
        state = after_failure(rules, state, now, now);
        now = plan_due(rules, state, now)->run_at;
    }
    CHECK(tries == "10T08:00 10T08:05 10T08:15 10T08:35 10T09:15 10T10:35 10T13:15 10T18:35 11T00:35 11T06:35 "
                   "11T08:00 11T08:05 11T08:15 11T08:35 11T09:15 11T10:35 ");
    CHECK(plan_text(rules, state, "2026-03-11T12:00:00Z") == "failed 10T08:00 at 11T13:15"); // owed since the first
    CHECK(state.tries == 6);
    CHECK(after_success(state, at("2026-03-11T13:15:00Z")) == DueState{at("2026-03-11T13:15:00Z"), {}, 0});
}

TEST_CASE("the gaps are configured, and those of two jobs differ")
{
    auto rules = daily();
    rules.settings = {1min, 1h, 0s};
    const auto now = at("2026-03-10T08:00:00Z");
    const DueState state{at("2026-03-09T08:00:00Z"), now, 30};
    CHECK(plan_due(rules, state, now)->run_at == now + 1h);
    rules.place = 0.5;
    CHECK(plan_due(rules, state, now)->run_at == now + 1h + 7min + 30s);
}

TEST_CASE("jobs that are due at once begin within the spread, each always in its place, often due ones close by")
{
    const auto start = [](const char* schedule, double place) {
        DueRules rules{DueTimes(Cron::parse(schedule), TimeZone::find("UTC"))};
        rules.place = place;
        return format_time(plan_due(rules, {at("2026-03-09T08:00:00Z"), {}, 0}, at("2026-03-09T08:00:00Z"))->run_at)
            .substr(8, 11);
    };
    CHECK(start("0 8 * * *", 0) == "10T08:00:00");
    CHECK(start("0 8 * * *", 0.25) == "10T08:02:30");
    CHECK(start("0 8 * * *", 0.9999) == "10T08:09:59");
    CHECK(start("*/5 * * * *", 0.5) == "09T08:05:37");
    DueRules rules = daily();
    rules.place = 0.5;
    CHECK(plan_text(rules, {at("2026-03-09T08:00:00Z"), {}, 0}, "2026-03-10T08:03:00Z") ==
          "due 10T08:00 at 10T08:05");
}

TEST_CASE("a try before a due time's place in the spread is not one for it")
{
    auto rules = daily();
    rules.place = 0.5; // begins at 08:05
    const DueState state{at("2026-03-09T08:00:00Z"), at("2026-03-11T08:02:00Z"), 9};
    CHECK(plan_text(rules, state, "2026-03-11T08:02:00Z") == "failed 10T08:00 at 11T08:05");
    CHECK(after_failure(rules, state, at("2026-03-11T08:05:00Z"), at("2026-03-11T08:06:00Z")).tries == 1);
}

TEST_CASE("in a source's blackout hours nothing is run, whatever is owed")
{
    auto rules = daily();
    rules.blackout.emplace(BlackoutHours{5h, 9h, "UTC"});
    const DueState owed{at("2026-03-08T08:00:00Z"), {}, 0};
    const DueState failed{at("2026-03-08T08:00:00Z"), at("2026-03-09T23:00:00Z"), 2};
    CHECK(plan_text(rules, owed, "2026-03-09T04:00:00Z") == "due 09T08:00 at 09T09:05");
    CHECK(plan_text(rules, owed, "2026-03-10T06:00:00Z") == "owed 09T08:00 at 10T09:05");
    CHECK(plan_text(rules, failed, "2026-03-10T06:00:00Z") == "failed 09T08:00 at 10T09:05");
}

TEST_CASE("a clock that was a year ahead leaves no silent year, and one that was a year behind no storm")
{
    const auto rules = daily();
    const auto wrong = after_success({at("2026-03-09T08:00:00Z"), {}, 0}, at("2027-03-10T08:00:00Z"));
    const auto seen = with_clock(wrong, at("2026-03-10T09:00:00Z"));
    CHECK(seen.settled_until == at("2026-03-10T09:00:00Z"));
    CHECK(plan_text(rules, seen, "2026-03-11T08:00:00Z") == "owed 11T08:00 at 11T08:00");
    CHECK(plan_text(rules, {at("2025-03-09T08:00:00Z"), {}, 0}, "2026-03-10T09:00:00Z") ==
          "owed 10T08:00 at 10T08:00");

    // Set back by less than an hour: what had its run does not have it again.
    CHECK(with_clock(wrong, at("2027-03-10T07:30:00Z")) == wrong);
    CHECK(plan_text(rules, wrong, "2027-03-10T08:00:00Z") == "due 11T08:00 at 11T08:00");

    const auto failed = after_failure(rules, {at("2026-03-09T08:00:00Z"), {}, 0}, at("2027-03-10T08:00:00Z"),
                                      at("2027-03-10T08:00:00Z"));
    const auto back = with_clock(failed, at("2026-03-10T09:00:00Z"));
    CHECK(plan_text(rules, back, "2026-03-10T09:00:00Z") == "failed 10T08:00 at 10T09:05");
}

TEST_CASE("what is owed has a window: to its next due time, or until a release that is expected is overdue")
{
    const DueState state{at("2026-03-09T08:00:00Z"), {}, 0};
    const auto end = [](const DueRules& rules, const DueState& from, std::string_view now) {
        const auto plan = plan_due(rules, from, at(now));
        return plan && plan->window_ends ? format_time(*plan->window_ends) : "none";
    };
    CHECK(end(daily(), state, "2026-03-10T07:00:00Z") == "none"); // nothing is owed
    CHECK(end(daily(), state, "2026-03-10T08:00:00Z") == "2026-03-11T08:00:00Z");
    CHECK(end(daily(), state, "2026-03-14T08:00:00Z") == "2026-03-11T08:00:00Z");
    const DueState failed{at("2026-03-09T08:00:00Z"), at("2026-03-10T08:01:00Z"), 1};
    CHECK(end(daily(), failed, "2026-03-10T09:00:00Z") == "2026-03-11T08:00:00Z");
    auto expecting = daily();
    expecting.expected = ExpectedRelease{at("2026-03-10T00:00:00Z"), at("2026-03-20T00:00:00Z")};
    CHECK(end(expecting, failed, "2026-03-10T09:00:00Z") == "2026-03-20T00:00:00Z");
}

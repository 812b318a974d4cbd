#include "base/time_text.hpp"
#include "flag/calendar.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;

namespace {

Time at(const char* day)
{
    return parse_time(day).value();
}

std::vector<Time> days(std::initializer_list<const char*> texts)
{
    std::vector<Time> times;
    for (const auto* text : texts)
        times.push_back(at(text));
    return times;
}

/// "2020-03-01, late 2020-04-07, learnt"; "" where nothing is expected.
std::string expectation(const Calendar& calendar, const std::vector<Time>& releases)
{
    static constexpr const char* words[] = {"job date", "source date", "job cadence", "learnt"};
    const auto found = expectation_of(calendar, releases);
    return found ? fmt::format("{}, late {}, {}", format_date(found->at), format_date(found->late_from),
                               words[static_cast<int>(found->basis)])
                 : "";
}

} // namespace

TEST_CASE("a day that stands in the job is waited for until a release came about then")
{
    Calendar calendar;
    calendar.next = at("2027-03-05");
    CHECK(expectation(calendar, {}) == "2027-03-05, late 2027-03-08, job date");
    CHECK(expectation(calendar, days({"2026-03-01"})) == "2027-03-05, late 2027-03-08, job date");
    CHECK(expectation(calendar, days({"2027-02-25"})) == "2027-03-05, late 2027-03-08, job date");
    CHECK(expectation(calendar, days({"2027-02-26"})) == "");
    calendar.grace_days = 0;
    CHECK(expectation(calendar, {}) == "2027-03-05, late 2027-03-05, job date");
    calendar.every_days = 366;
    CHECK(expectation(calendar, days({"2027-03-05"})) == "2028-03-05, late 2028-03-05, job cadence");
}

TEST_CASE("a day the source announced is waited for until anything newer came")
{
    Calendar calendar;
    calendar.announced = at("2027-03-05T07:00:00Z");
    CHECK(expectation(calendar, days({"2027-03-04"})) == "2027-03-05, late 2027-03-08, source date");
    CHECK(expectation(calendar, days({"2027-03-05T07:00:00Z"})) == "");
    calendar.every_days = 7;
    CHECK(expectation(calendar, days({"2027-03-05T07:00:00Z"})) == "2027-03-12, late 2027-03-15, job cadence");
    calendar.next = at("2027-06-01");
    CHECK(expectation(calendar, {}) == "2027-06-01, late 2027-06-04, job date");
}

TEST_CASE("a cadence in the job counts from the last release, and a correction soon after it is none")
{
    Calendar calendar;
    calendar.every_days = 366;
    CHECK(expectation(calendar, {}) == "");
    CHECK(expectation(calendar, days({"2020-03-01"})) == "2021-03-02, late 2021-04-07, job cadence");
    CHECK(expectation(calendar, days({"2020-05-20", "2020-03-01"})) == "2021-03-02, late 2021-04-07, job cadence");
    CHECK(expectation(calendar, days({"2020-03-01", "2020-07-01"})) == "2021-07-02, late 2021-08-07, job cadence");
    calendar.every_days = 0;
    CHECK(expectation(calendar, days({"2018-03-01", "2019-03-01", "2020-03-01"})) == "");
}

TEST_CASE("a cadence is learnt from three releases and no fewer")
{
    CHECK(expectation({}, days({"2018-03-01", "2019-03-01"})) == "");
    // 365 and 366 days: 365.5 on the average, and a fifth of that is 73.1.
    CHECK(expectation({}, days({"2018-03-01", "2019-03-01", "2020-03-01"})) == "2021-03-01, late 2021-05-13, learnt");
    // The corrections of March 2018 and 2020 are no releases of their own.
    CHECK(expectation({}, days({"2018-03-01", "2018-03-20", "2019-03-01", "2020-03-01", "2020-03-15"})) ==
          "2021-03-01, late 2021-05-13, learnt");
    CHECK(expectation({}, days({"2020-03-01", "2020-03-15", "2020-03-15", "2020-03-16"})) == "");
    // Monthly: 31, 29, 31, 30 days, median 30.5; grace 6.1.
    CHECK(expectation({}, days({"2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01"})) ==
          "2020-05-31, late 2020-06-06, learnt");
    Calendar none;
    none.may_learn = false;
    CHECK(expectation(none, days({"2018-03-01", "2019-03-01", "2020-03-01"})) == "");
}

TEST_CASE("only the last nine releases are learnt from")
{
    std::vector<Time> releases = days({"2010-01-01", "2012-01-01"}); // years apart, long ago
    for (int week = 0; week < 9; ++week)
        releases.push_back(at("2020-01-06") + std::chrono::days(7 * week));
    CHECK(expectation({}, releases) == "2020-03-09, late 2020-03-12, learnt");
}

TEST_CASE("what is late is flagged with when it was expected and where that is from")
{
    Calendar calendar;
    calendar.next = at("2027-03-05");
    const auto expected = expectation_of(calendar, {}).value();
    CHECK_FALSE(overdue_cause("ssb-population", "", calendar, expected, {}, at("2027-03-07T23:59:59Z")));
    const auto cause = overdue_cause("ssb-population", "", calendar, expected, {}, at("2027-03-08")).value();
    CHECK(cause.key == "overdue/ssb-population");
    CHECK(cause.kind == FlagKind::overdue);
    CHECK(cause.inputs == "expected 2027-03-05, newest none");
    CHECK(cause.text_en ==
          "Job ssb-population: a publication was expected 2027-03-05 and has not come; the day stands "
          "in the job (next_publication); none came before");
    const auto yearly = days({"2018-03-01", "2019-03-01", "2020-03-01"});
    const auto learnt = expectation_of({}, yearly).value();
    const auto late =
        overdue_cause("ssb-population", "ssb/07459", {}, learnt, yearly.back(), at("2021-06-01")).value();
    CHECK(late.text_en == "Job ssb-population: a publication of ssb/07459 was expected 2021-03-01 and has not come; "
                          "learnt from 3 publications, about 366 days apart; the newest is of 2020-03-01");
    CHECK(late.text_nb == "Jobb ssb-population: en publisering av ssb/07459 var ventet 2021-03-01 og er ikke kommet; "
                          "lært av 3 publiseringer, om lag 366 dager imellom; den nyeste er fra 2020-03-01");
    const auto later = overdue_cause("ssb-population", "ssb/07459", {}, learnt, yearly.back(), at("2022-06-01"));
    CHECK(later.value().inputs == late.inputs);
}

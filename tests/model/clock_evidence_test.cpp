// When our clock is to be trusted, by what sources said of the time.
#include "model/clock_evidence.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace std::chrono_literals;

namespace {

Time at(std::string_view text)
{
    return parse_time(text).value();
}

HeardTime heard(std::string_view theirs, std::string_view ours)
{
    return {"stat.example", at(theirs), at(ours)};
}

} // namespace

TEST_CASE("a clock is in doubt from when a source says another day until it is put right", "[model]")
{
    const auto agreed = after_hearing({}, heard("2026-03-02T08:00:00Z", "2026-03-02T08:00:05Z"));
    const auto ahead = after_hearing(agreed, heard("2026-03-02T09:00:00Z", "2027-03-02T09:00:00Z"));
    const auto by_two_days = after_hearing(agreed, heard("2026-03-02T09:00:00Z", "2026-03-04T09:00:00Z"));
    const auto behind = after_hearing(agreed, heard("2026-03-02T09:00:00Z", "2025-03-02T09:00:00Z"));
    const auto again = after_hearing(ahead, heard("2026-03-02T10:00:00Z", "2026-03-02T10:00:01Z"));

    CHECK(clock_doubt(agreed, at("2026-03-02T08:00:06Z")) == ClockDoubt::none);
    CHECK(clock_doubt(ahead, at("2027-03-02T09:01:00Z")) == ClockDoubt::differs);
    CHECK(clock_doubt(ahead, at("2026-03-02T09:01:00Z")) == ClockDoubt::none);
    CHECK(clock_doubt(by_two_days, at("2026-03-04T10:00:00Z")) == ClockDoubt::differs);
    CHECK(clock_doubt(by_two_days, at("2026-03-02T10:00:00Z")) == ClockDoubt::none);
    CHECK(clock_doubt(behind, at("2025-03-02T10:00:00Z")) == ClockDoubt::differs);
    CHECK(clock_doubt(behind, at("2026-03-02T10:00:00Z")) == ClockDoubt::none);
    CHECK(clock_doubt(again, at("2027-03-02T10:00:00Z")) == ClockDoubt::unheard);
    CHECK(clock_doubt(again, at("2026-03-02T11:00:00Z")) == ClockDoubt::none);
}

TEST_CASE("a clock that jumps is in doubt before any source says so", "[model]")
{
    const auto agreed = after_hearing({}, heard("2026-03-02T08:00:00Z", "2026-03-02T08:00:05Z"));

    CHECK(clock_doubt(agreed, at("2026-04-01T08:00:00Z")) == ClockDoubt::none); // due once a month
    CHECK(clock_doubt(agreed, at("2027-03-02T08:00:00Z")) == ClockDoubt::unheard);
    CHECK(clock_doubt(agreed, at("2026-03-01T07:59:00Z")) == ClockDoubt::set_back);
    CHECK(clock_doubt({}, at("2027-03-02T08:00:00Z")) == ClockDoubt::none); // nobody to ask
}

TEST_CASE("an hour of difference is none, and an hourly poll changes no evidence", "[model]")
{
    const auto agreed = after_hearing({}, heard("2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"));
    CHECK_FALSE(agreed.differs);
    CHECK(after_hearing(agreed, heard("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z")) == agreed);
    CHECK(after_hearing(agreed, heard("2026-03-03T09:00:00Z", "2026-03-03T09:00:00Z")).agreed->ours ==
          at("2026-03-03T09:00:00Z"));
}

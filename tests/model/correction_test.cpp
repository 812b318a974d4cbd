// What people said of a number, and what of that had been said on a day.
#include "model/correction.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;

namespace {

Time at(const char* day)
{
    return parse_time(day).value();
}

Correction made(std::int64_t id, const char* day)
{
    Correction correction;
    correction.id = id;
    correction.expected = Decimal::parse("284").value();
    correction.corrected = Decimal::parse("285").value();
    correction.made_at = at(day);
    return correction;
}

Correction ended(Correction correction, const char* day)
{
    correction.ended_at = at(day);
    correction.ended_why = "the source has it right";
    correction.ended_by = "Kari";
    correction.ended_vintage = 7;
    return correction;
}

/// "1 open, 2 ended 2026-03-01 by Kari in 7".
std::string text_of(const std::vector<Correction>& corrections)
{
    std::string text;
    for (const auto& one : corrections) {
        text += fmt::format("{}{} ", text.empty() ? "" : ", ", one.id);
        text += one.ended_at
                    ? fmt::format("ended {} by {} in {}", format_date(*one.ended_at), one.ended_by, one.ended_vintage)
                    : fmt::format("open{}{}", one.ended_why, one.ended_by);
    }
    return text;
}

const std::vector<Correction> all = {ended(made(1, "2026-01-01"), "2026-03-01"), made(2, "2026-02-01"),
                                     ended(made(3, "2026-02-01"), "2026-02-01"), made(4, "2026-04-01")};

} // namespace

TEST_CASE("corrections are as they were on a day: none of later, and none that had not ended ended", "[model]")
{
    CHECK(text_of(corrections_at(all, at("2025-12-31"))).empty());
    CHECK(text_of(corrections_at(all, at("2026-01-01"))) == "1 open");
    CHECK(text_of(corrections_at(all, at("2026-02-28"))) == "1 open, 2 open, 3 ended 2026-02-01 by Kari in 7");
    CHECK(text_of(corrections_at(all, at("2026-03-01"))) ==
          "1 ended 2026-03-01 by Kari in 7, 2 open, 3 ended 2026-02-01 by Kari in 7");
    CHECK(text_of(corrections_at(all, {})) == text_of(all));
    CHECK(corrections_at(all, at("2026-02-28"))[0].ended_vintage == 0);
}

TEST_CASE("a correction is open from when it was made until it ended", "[model]")
{
    CHECK_FALSE(is_open(all[0], at("2025-12-31")));
    CHECK(is_open(all[0], at("2026-01-01")));
    CHECK(is_open(all[0], at("2026-02-28")));
    CHECK_FALSE(is_open(all[0], at("2026-03-01")));
    CHECK_FALSE(is_open(all[0], {}));
    CHECK(is_open(all[1], {}));
}

TEST_CASE("a version has the newest correction that fits it, unless it was first seen after that ended", "[model]")
{
    Observation version;
    version.value.number = Decimal::parse("284").value();
    version.vintage = 6;
    version.observed_at = at("2026-02-20");
    auto later = version;
    later.vintage = 8;
    later.observed_at = at("2026-05-01");
    auto other = version;
    other.value.number = Decimal::parse("283").value();
    std::vector<Observation> versions = {version, later, other};
    mark_versions(versions, corrections_at(all, at("2026-02-28")));
    const auto id = [](const Observation& one) { return one.correction ? one.correction->id : 0; };

    CHECK(id(versions[0]) == 3); // of two made at once the later one
    CHECK(id(versions[1]) == 2); // the third had ended with vintage 7
    CHECK(id(versions[2]) == 0);
    CHECK_FALSE(versions[1].correction->ended_at);
}

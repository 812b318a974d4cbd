#include "indicator/rule.hpp"

#include "base/exact.hpp"
#include "tests/support/catch.hpp"

#include <random>

using namespace skurd;

namespace {

std::optional<Decimal> number(const char* text)
{
    return *text == '\0' ? std::nullopt : std::optional(Decimal::parse(text).value());
}

Change change_of(const char* kind, const char* direction, const char* old_value, const char* new_value, int years = 1)
{
    return {.kind = from_word<IndicatorKind>(kind).value(),
            .direction = from_word<Direction>(direction).value(),
            .old_value = number(old_value),
            .new_value = number(new_value),
            .years = years};
}

std::string text(const std::optional<Decimal>& value)
{
    return value ? value->text() : "";
}

} // namespace

TEST_CASE("the change rule gives these verdicts")
{
    const struct {
        const char* kind;
        const char* direction;
        const char* old_value;
        const char* new_value;
        int years;
        const char* outcome;
        const char* change;
    } rows[] = {
        {"share", "up", "3.9", "4.9", 1, "unchanged", "1.00000000"},
        {"share", "up", "3.9", "4.9001", 1, "improved", "1.00010000"},
        {"share", "down", "3.9", "4.9001", 1, "worsened", "1.00010000"},
        {"share", "up", "0", "1.1", 1, "improved", "1.10000000"},
        {"share", "up", "-1", "1", 1, "improved", "2.00000000"},
        {"share", "up", "50", "48", 2, "unchanged", "-1.00000000"},
        {"share", "up", "50", "47.9", 2, "worsened", "-1.05000000"},
        {"share", "neutral", "50", "47", 1, "decreased", "-3.00000000"},
        {"number", "up", "4.0", "4.1", 1, "unchanged", "2.50000000"},
        {"number", "up", "4.0", "4.101", 1, "improved", "2.52500000"},
        {"number", "up", "4.0", "3.9", 1, "unchanged", "-2.50000000"},
        {"number", "down", "284", "247", 1, "improved", "-13.02816901"},
        {"number", "neutral", "1252", "1499", 1, "increased", "19.72843450"},
        {"number", "neutral", "100", "100", 1, "unchanged", "0.00000000"},
        {"amount", "up", "13936", "15894", 2, "improved", "6.79416772"},
        {"number", "up", "1600", "1681", 2, "unchanged", "2.50000000"},
        {"number", "up", "1600", "1681.0001", 2, "improved", "2.50000305"},
        {"number", "up", "1600", "1521", 2, "unchanged", "-2.50000000"},
        {"number", "up", "1600", "1520.9999", 2, "worsened", "-2.50000321"},
        {"number", "up", "5", "0", 1, "worsened", "-100.00000000"},
        {"number", "down", "5", "0", 3, "improved", "-100.00000000"},
        {"number", "up", "-2", "-3", 1, "worsened", "-50.00000000"},
        {"number", "up", "-3", "-2", 1, "improved", "33.33333333"},
        {"number", "up", "-2", "0", 1, "improved", "100.00000000"},
        {"number", "up", "-4", "-9", 2, "worsened", "-50.00000000"},
        {"number", "up", "-1600", "-1681", 2, "unchanged", "-2.50000000"},
        {"number", "up", "0", "1", 1, "not comparable", ""},
        {"number", "up", "0", "0", 1, "not comparable", ""},
        {"number", "up", "2.0", "-3.1", 1, "not comparable", ""},
        {"number", "up", "-3.1", "1.0", 2, "not comparable", ""},
        {"share", "up", "", "1", 1, "no data", ""},
        {"share", "up", "1", "", 1, "no data", ""},
        {"number", "up", "", "", 1, "no data", ""},
        {"score", "up", "3.41", "3.74", 1, "improved", "9.67741935"},
        {"number", "up", "0.000000000000000000000000000001", "9000000000000000000", 1, "improved", ""},
        {"number", "up", "1", "9000000000000000000", 1, "improved", ""},
        {"number", "up", "1", "9000000000000000", 1, "improved", "899999999999999900.0"},
    };
    for (const auto& row : rows) {
        const auto judgement = explain(change_of(row.kind, row.direction, row.old_value, row.new_value, row.years));
        CAPTURE(row.kind, row.direction, row.old_value, row.new_value, row.years);
        CHECK(to_string(judgement.outcome) == row.outcome);
        CHECK(text(judgement.change) == row.change);
        const bool judged = judgement.outcome != Outcome::no_data && judgement.outcome != Outcome::not_comparable;
        CHECK(judgement.reason.en.empty() == judged);
        CHECK(judgement.reason.nb.empty() == judged);
    }
}

TEST_CASE("what cannot be compared says why")
{
    const auto reason = [](const char* old_value, const char* new_value) {
        return explain(change_of("number", "up", old_value, new_value)).reason.en;
    };
    CHECK(reason("0", "3") == "the old value is zero: percent is not computable");
    CHECK(reason("1", "-3") == "change of sign: percent is not computable");
    CHECK(reason("", "3") == "the old value is missing");
    CHECK(reason("3", "") == "the new value is missing");
    CHECK(reason("", "") == "both values are missing");
}

TEST_CASE("of a population that is known, the sampling error is that of those who were not asked")
{
    Change change{.kind = IndicatorKind::share,
                  .old_value = Decimal(50, 0),
                  .new_value = Decimal(54, 0),
                  .old_respondents = 400,
                  .new_respondents = 400};
    // 1.96 * sqrt(50 * 50 / 400 + 54 * 46 / 400) = 6.92
    CHECK(sampling_margin(change)->text() == "6.9");
    change.old_population = change.new_population = 422;
    // times sqrt(22 / 421) = 0.2286: 1.58
    CHECK(sampling_margin(change)->text() == "1.6");
    CHECK_FALSE(explain(change).within_margin);
    change.old_population = change.new_population = 400;
    CHECK(sampling_margin(change)->text() == "0.0");
    change.old_population = 400;
    change.new_population = 0;
    // Only the second is a sample: 1.96 * sqrt(54 * 46 / 400) = 4.88
    CHECK(sampling_margin(change)->text() == "4.9");
}

TEST_CASE("a ratio with a target is judged on the level of the new value")
{
    auto change = change_of("ratio", "up", "2.0", "1.0");
    change.target = Decimal(1, 0);
    const auto at_target = explain(change);
    CHECK(at_target.outcome == Outcome::worsened);
    CHECK(at_target.unit == "level");
    CHECK_FALSE(at_target.change);
    CHECK(rule_text(change) == "change/1 level > 1");
    change.new_value = Decimal(101, 2);
    CHECK(judge(change) == Outcome::improved);
    change.old_value.reset();
    CHECK(judge(change) == Outcome::improved);
    change.new_value.reset();
    CHECK(judge(change) == Outcome::no_data);
    CHECK(change_rounded(change_of("ratio", "up", "2.0", "1.0"), 1) == Decimal(-500, 1));
}

TEST_CASE("every share that moves by exactly one point is unchanged, by a tenth more is not")
{
    int wrong = 0;
    for (int tenths = -1000; tenths <= 2000; ++tenths)
        for (const int way : {1, -1}) {
            Change change = {.kind = IndicatorKind::share, .old_value = Decimal(tenths, 1)};
            change.new_value = Decimal(tenths + 10 * way, 1);
            wrong += judge(change) == Outcome::unchanged ? 0 : 1;
            change.new_value = Decimal(tenths + 11 * way, 1);
            wrong += judge(change) == (way > 0 ? Outcome::improved : Outcome::worsened) ? 0 : 1;
            change.years = 3;
            change.new_value = Decimal(tenths + 30 * way, 1);
            wrong += judge(change) == Outcome::unchanged ? 0 : 1;
            change.new_value = Decimal(tenths + 31 * way, 1);
            wrong += judge(change) == (way > 0 ? Outcome::improved : Outcome::worsened) ? 0 : 1;
        }
    CHECK(wrong == 0);
}

TEST_CASE("every number raised or lowered by exactly 2.5 percent is unchanged, by a hair more is not")
{
    int wrong = 0;
    for (int tenths = 1; tenths <= 20000; ++tenths) {
        const std::int64_t factors[][2] = {{1025, 1}, {975, -1}};
        for (const auto& [factor, way] : factors) {
            Change change = {.old_value = Decimal(tenths, 1), .new_value = Decimal(tenths * factor, 4)};
            wrong += judge(change) == Outcome::unchanged ? 0 : 1;
            change.new_value = Decimal(tenths * factor * 10000 + way, 8);
            wrong += judge(change) == (way > 0 ? Outcome::improved : Outcome::worsened) ? 0 : 1;
            change.years = 4;
            change.new_value = Decimal(tenths * factor * factor * factor * factor, 13);
            wrong += judge(change) == Outcome::unchanged ? 0 : 1;
            change.new_value = Decimal(change.new_value->mantissa() + way, 13);
            wrong += judge(change) == (way > 0 ? Outcome::improved : Outcome::worsened) ? 0 : 1;
        }
    }
    CHECK(wrong == 0);
}

namespace {

/// The rule written down once more, in fractions and nothing else.
Outcome plain_rule(const Change& change)
{
    const Exact o = exact(*change.old_value);
    const Exact n = exact(*change.new_value);
    Exact moved = n - o;
    Exact up = exact(change.thresholds.share_points) * change.years;
    Exact down = -up;
    if (change.kind != IndicatorKind::share) {
        if (o == 0 || o * n < 0)
            return Outcome::not_comparable;
        const Exact step = exact(change.thresholds.percent) / 100;
        moved = n / o;
        up = power(1 + step, change.years);
        down = power(1 - step, change.years);
    }
    const int way = (moved > up     ? 1
                     : moved < down ? -1
                                    : 0) *
                    (change.kind != IndicatorKind::share && o < 0 ? -1 : 1);
    return way == 0 ? Outcome::unchanged : way > 0 ? Outcome::improved : Outcome::worsened;
}

} // namespace

TEST_CASE("the fast path and the fractions always agree")
{
    std::mt19937_64 random(2016);
    const auto draw = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    int wrong = 0;
    for (int i = 0; i < 20000; ++i) {
        Change change = {.kind = i % 2 ? IndicatorKind::share : IndicatorKind::number};
        const auto size = std::int64_t(1) << draw(1, 62);
        change.old_value = Decimal(draw(-size, size), static_cast<int>(draw(0, i % 7 == 0 ? 30 : 3)));
        const auto near = change.old_value->mantissa() / draw(30, 50);
        change.new_value = Decimal(draw(0, 3) == 0 ? draw(-size, size) : change.old_value->mantissa() + near,
                                   change.old_value->scale());
        change.years = static_cast<int>(draw(1, i % 5 == 0 ? 60 : 4));
        wrong += judge(change) == plain_rule(change) ? 0 : 1;
    }
    CHECK(wrong == 0);
}

TEST_CASE("a change is rounded once, from its exact value")
{
    // 100 * 5000001 / 10000000000 = 0.05000001; the other is 0.0499999999…: eight decimals would show 0.05.
    const auto change = change_of("number", "up", "200000000000", "200099999999");
    CHECK(text(explain(change).change) == "0.05000000");
    CHECK(text(change_rounded(change, 1)) == "0.0");
    CHECK(text(change_rounded(change_of("number", "up", "2000", "2001"), 1)) == "0.1");
    CHECK(text(change_rounded(change_of("number", "up", "2000", "1999"), 1)) == "-0.1");
    CHECK(text(change_rounded(change_of("number", "up", "40000", "39960.01"), 1)) == "-0.1");
    // (79.96 / 80)^2 = 0.99900025: -0.05 % a year exactly, which goes away from zero.
    CHECK(text(change_rounded(change_of("number", "up", "1", "0.99900025", 2), 1)) == "-0.1");
    CHECK(text(change_rounded(change_of("number", "up", "1", "1.00100025", 2), 1)) == "0.1");
}

TEST_CASE("a close call is told")
{
    const auto near_miss = [](const char* kind, const char* direction, const char* old_value, const char* new_value) {
        return explain(change_of(kind, direction, old_value, new_value)).near_miss.en;
    };
    CHECK(near_miss("share", "up", "3.9", "4.8") == "0.1 percentage points from green");
    CHECK(near_miss("share", "down", "3.9", "4.8") == "0.1 percentage points from red");
    CHECK(near_miss("share", "neutral", "3.9", "3.0") == "0.1 percentage points from decreased");
    CHECK(near_miss("share", "up", "3.9", "4.9") == "at the limit to green");
    CHECK(near_miss("number", "up", "10000", "10247") == "0.03 percentage points from green");
    CHECK(near_miss("number", "up", "1000", "1020") == "0.5 percentage points from green");
    CHECK(near_miss("number", "up", "1000", "1019") == "");
    CHECK(near_miss("share", "up", "3.9", "4.0") == "");
    CHECK(near_miss("share", "up", "3.9", "5.0") == "");
}

TEST_CASE("thresholds of an indicator's own are obeyed")
{
    auto change = change_of("number", "up", "100", "101");
    change.thresholds.percent = Decimal(5, 1);
    CHECK(judge(change) == Outcome::improved);
    CHECK(rule_text(change) == "change/1 ±0.5 percent");
    change.thresholds.percent = Decimal(150, 0);
    change.new_value = Decimal(0, 0);
    CHECK(judge(change) == Outcome::unchanged);
    auto share = change_of("share", "up", "3.9", "4.9");
    share.thresholds.share_points = Decimal(99, 2);
    CHECK(judge(share) == Outcome::improved);
}

TEST_CASE("within the band a value is unchanged, and just beyond it it is not")
{
    for (const auto& [kind, old] : {std::pair(IndicatorKind::share, "3.9"), std::pair(IndicatorKind::number, "284"),
                                    std::pair(IndicatorKind::number, "-40"), std::pair(IndicatorKind::amount, "0.5")}) {
        const auto old_value = *Decimal::parse(old);
        const auto band = unchanged_band(kind, old_value, default_thresholds);
        REQUIRE(band);
        Change change{.kind = kind, .old_value = old_value};
        const auto outcome = [&](const Exact& value) {
            change.new_value = rounded(value, 9);
            return judge(change);
        };
        const Exact bit = Exact(1) / 1000000000;
        CHECK(outcome(exact(band->low)) == Outcome::unchanged);
        CHECK(outcome(exact(band->high)) == Outcome::unchanged);
        CHECK(outcome(exact(band->low) - bit) != Outcome::unchanged);
        CHECK(outcome(exact(band->high) + bit) != Outcome::unchanged);
    }
    CHECK_FALSE(unchanged_band(IndicatorKind::number, Decimal(), default_thresholds));
    CHECK(unchanged_band(IndicatorKind::share, Decimal(), default_thresholds));
}

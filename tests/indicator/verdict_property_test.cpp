// What must hold of every verdict, on random values.
#include "base/exact.hpp"
#include "indicator/evaluate.hpp"
#include "model/outcome_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <random>

using namespace skurd;

namespace {

constexpr int rounds = 3000;

/// Values as sources give them: mostly near one another, so that thresholds are met, now and then far apart.
class Values {
public:
    explicit Values(unsigned seed) : random_(seed) {}

    IndicatorKind kind() { return static_cast<IndicatorKind>(random_() % 5); }
    Direction direction() { return static_cast<Direction>(random_() % 3); }
    unsigned any(unsigned below) { return random_() % below; }

    Decimal number()
    {
        const int scale = static_cast<int>(random_() % 3);
        const auto near = static_cast<std::int64_t>(380 + random_() % 60);
        return random_() % 5 == 0 ? Decimal(static_cast<std::int64_t>(random_() % 100000) - 50000, scale)
                                  : Decimal(near, scale);
    }

    IndicatorValues values()
    {
        IndicatorValues found;
        for (int year = 2014; year < 2022; ++year)
            if (random_() % 5 != 0) {
                IndicatorValue value;
                value.value.number = number();
                value.definition = 1;
                value.vintage = 1 + static_cast<std::int64_t>(random_() % 9);
                found.emplace(Period::year(year), value);
            }
        return found;
    }

    template <typename List>
    void shuffle(List& list)
    {
        std::shuffle(list.begin(), list.end(), random_);
    }

private:
    std::mt19937 random_;
};

Indicator indicator_of(IndicatorKind kind, Direction direction)
{
    Indicator indicator;
    indicator.number = 9;
    indicator.kind = kind;
    indicator.direction = direction;
    indicator.baseline = Period::year(2016);
    Definition definition;
    definition.id = 1;
    definition.formula = Formula::of(Selector::parse("drop/x{nr=9}"));
    indicator.definitions = {definition};
    return indicator;
}

Outcome opposite(Outcome outcome)
{
    return outcome == Outcome::improved   ? Outcome::worsened
           : outcome == Outcome::worsened ? Outcome::improved
                                          : outcome;
}

} // namespace

TEST_CASE("reversing the desired direction swaps improved and worsened and nothing else", "[random]")
{
    Values random(1);
    for (int i = 0; i < rounds; ++i) {
        Change change;
        change.kind = random.kind();
        change.direction = Direction::up;
        change.old_value = random.number();
        change.new_value = random.number();
        change.years = 1 + static_cast<int>(random.any(4));
        auto reversed = change;
        reversed.direction = Direction::down;
        CAPTURE(i, change.old_value->text(), change.new_value->text());
        REQUIRE(judge(reversed) == opposite(judge(change)));
        REQUIRE(explain(reversed).change == explain(change).change);
    }
}

TEST_CASE("scaling both values of a number leaves its verdict and its change", "[random]")
{
    Values random(2);
    for (int i = 0; i < rounds; ++i) {
        Change change;
        change.kind = IndicatorKind::number;
        change.direction = random.direction();
        change.old_value = random.number();
        change.new_value = random.number();
        change.years = 1 + static_cast<int>(random.any(4));
        const Exact factor = static_cast<int>(1 + random.any(1000));
        auto scaled = change;
        scaled.old_value = rounded(exact(*change.old_value) * factor, 2);
        scaled.new_value = rounded(exact(*change.new_value) * factor, 2);
        CAPTURE(i, change.old_value->text(), change.new_value->text(), scaled.old_value->text());
        REQUIRE(judge(scaled) == judge(change));
        REQUIRE(explain(scaled).change == explain(change).change);
    }
}

TEST_CASE("a verdict does not depend on the order observations came in", "[random]")
{
    Values random(3);
    for (int i = 0; i < 500; ++i) {
        const auto indicator = indicator_of(random.kind(), random.direction());
        std::vector<Observation> observations;
        for (const auto& [period, value] : random.values()) {
            Observation seen;
            seen.series = 1;
            seen.period = period;
            seen.value = value.value;
            seen.vintage = value.vintage;
            observations.push_back(seen);
        }
        const auto sentences = [&] {
            std::string all;
            for (const auto& verdict : current_verdicts(indicator, values_from(indicator, {}, observations)))
                all += verdict.sentence.nb + verdict.sentence.en + verdict.rule;
            return all;
        };
        const auto before = sentences();
        random.shuffle(observations);
        REQUIRE(sentences() == before);
    }
}

TEST_CASE("a verdict says the same in both languages", "[random]")
{
    Values random(4);
    for (int i = 0; i < 500; ++i) {
        const auto indicator = indicator_of(random.kind(), random.direction());
        for (const auto& verdict : current_verdicts(indicator, random.values())) {
            const auto look = outcome_style(verdict.outcome, indicator.direction);
            const auto begins = [](const std::string& sentence, std::string_view word) {
                // The word stands first, with its first letter a capital.
                const auto colon = sentence.substr(0, sentence.find(':'));
                return colon.size() == word.size() && colon.substr(2) == word.substr(2);
            };
            CAPTURE(verdict.sentence.nb, verdict.sentence.en);
            REQUIRE(begins(verdict.sentence.nb, look.nb));
            REQUIRE(begins(verdict.sentence.en, look.en));
        }
    }
}

TEST_CASE("a change within the sampling error stays so with fewer respondents, and one outside with more", "[random]")
{
    Values random(5);
    for (int i = 0; i < rounds; ++i) {
        Change change;
        change.kind = IndicatorKind::share;
        change.old_value = Decimal(static_cast<std::int64_t>(random.any(1001)), 1);
        change.new_value = Decimal(static_cast<std::int64_t>(random.any(1001)), 1);
        change.old_respondents = change.new_respondents = 10 + static_cast<int>(random.any(5000));
        auto fewer = change;
        fewer.old_respondents = fewer.new_respondents = change.old_respondents / 2;
        CAPTURE(i, change.old_value->text(), change.new_value->text(), change.old_respondents);
        const auto full = explain(change);
        REQUIRE(explain(fewer).outcome == full.outcome); // the colour is never another
        if (full.within_margin)
            REQUIRE(explain(fewer).within_margin);
        REQUIRE(*explain(fewer).margin >= *full.margin);
    }
}

TEST_CASE("the sampling error of a share's change is that of two proportions")
{
    const auto margin = [](const char* before, const char* after, int n1, int n2, int years = 1) {
        Change change;
        change.kind = IndicatorKind::share;
        change.old_value = Decimal::parse(before);
        change.new_value = Decimal::parse(after);
        change.old_respondents = n1;
        change.new_respondents = n2;
        change.years = years;
        const auto found = sampling_margin(change);
        return (found ? found->text() : "none") + (explain(change).within_margin ? " within" : "");
    };
    // 1.96 * sqrt(0.43 * 0.57 / 491 + 0.48 * 0.52 / 491) = 6.23 points, and so on.
    CHECK(margin("43", "48", 491, 491) == "6.2 within");
    CHECK(margin("43", "50", 491, 491) == "6.2");
    CHECK(margin("66", "64", 23762, 23762) == "0.9");
    CHECK(margin("50", "54", 100, 400, 2) == "5.5 within");
    CHECK(margin("0", "0", 100, 100) == "0.0 within");
    CHECK(margin("43", "48", 491, 0) == "none");
    CHECK(margin("-1", "48", 491, 491) == "none");
    CHECK(margin("43", "101", 491, 491) == "none");
    Change score;
    score.kind = IndicatorKind::score;
    score.old_value = score.new_value = Decimal(3, 0);
    score.old_respondents = score.new_respondents = 491;
    CHECK_FALSE(sampling_margin(score));
}

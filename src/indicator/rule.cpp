#include "indicator/rule.hpp"

#include "base/exact.hpp"
#include "model/outcome_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <tuple>

namespace skurd {

namespace {

constexpr int change_decimals = 8;

/// A change is a near miss when this part of the threshold or less was left to it.
constexpr int near_part = 5;

/// Why the change of two values cannot be computed, in the order in which they are asked about.
enum class Obstacle { none, no_old, no_new, neither, old_is_zero, sign };

Obstacle obstacle_of(const Change& change)
{
    if (change.target)
        return change.new_value ? Obstacle::none : Obstacle::no_new;
    if (!change.old_value || !change.new_value)
        return change.new_value ? Obstacle::no_old : change.old_value ? Obstacle::no_new : Obstacle::neither;
    if (change.kind == IndicatorKind::share)
        return Obstacle::none;
    if (change.old_value->is_zero())
        return Obstacle::old_is_zero;
    const bool other_sign = change.old_value->is_negative() != change.new_value->is_negative();
    return other_sign && !change.new_value->is_zero() ? Obstacle::sign : Obstacle::none;
}

LocalizedText obstacle_text(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::none:
        return {};
    case Obstacle::no_old:
        return {"den gamle verdien mangler", "the old value is missing"};
    case Obstacle::no_new:
        return {"den nye verdien mangler", "the new value is missing"};
    case Obstacle::neither:
        return {"begge verdiene mangler", "both values are missing"};
    case Obstacle::old_is_zero:
        return {"den gamle verdien er null: prosent kan ikke beregnes",
                "the old value is zero: percent is not computable"};
    case Obstacle::sign:
        return {"fortegnsskifte: prosent kan ikke beregnes", "change of sign: percent is not computable"};
    }
    return {};
}

/// Which way a value moved past its threshold.
enum class Movement { fall, within, rise };

Outcome outcome_of(Movement movement, Direction direction)
{
    if (movement == Movement::within)
        return Outcome::unchanged;
    if (direction == Direction::neutral)
        return movement == Movement::rise ? Outcome::increased : Outcome::decreased;
    return (movement == Movement::rise) == (direction == Direction::up) ? Outcome::improved : Outcome::worsened;
}

Movement opposite(Movement movement)
{
    return movement == Movement::rise   ? Movement::fall
           : movement == Movement::fall ? Movement::rise
                                        : Movement::within;
}

Movement points_moved(const Change& change)
{
    const auto& points = change.thresholds.share_points;
    const int scale = std::max({change.old_value->scale(), change.new_value->scale(), points.scale()});
    const Whole moved = whole(*change.new_value, scale) - whole(*change.old_value, scale);
    const Whole limit = whole(points, scale) * change.years;
    return moved > limit ? Movement::rise : moved < -limit ? Movement::fall : Movement::within;
}

/// Of the magnitudes: two negative values count as positive. new / old > (1 + p/100)^years without a division, as
/// new * 100^years > old * (100 + p)^years.
Movement ratio_moved(const Change& change)
{
    const auto& percent = change.thresholds.percent;
    const auto years = static_cast<unsigned>(change.years);
    const int scale = std::max(change.old_value->scale(), change.new_value->scale());
    const Whole hundred = whole(Decimal(100, 0), percent.scale());
    const Whole now = abs(whole(*change.new_value, scale)) * pow(hundred, years);
    const Whole before = abs(whole(*change.old_value, scale));
    if (now > before * pow(hundred + percent.mantissa(), years))
        return Movement::rise;
    return percent.mantissa() < hundred && now < before * pow(hundred - percent.mantissa(), years) ? Movement::fall
                                                                                                   : Movement::within;
}

Movement movement_of(const Change& change)
{
    if (change.kind == IndicatorKind::share)
        return points_moved(change);
    const auto movement = ratio_moved(change);
    return change.old_value->is_negative() ? opposite(movement) : movement;
}

/// A fraction that need not be in lowest terms; below > 0.
struct Quotient {
    Whole above;
    Whole below;
};

/// The change in points or percent; not for a compound rate, which is no fraction. No obstacle may be there.
Quotient exact_change(const Change& change)
{
    const int scale = std::max(change.old_value->scale(), change.new_value->scale());
    const Whole old_value = whole(*change.old_value, scale);
    const Whole moved = whole(*change.new_value, scale) - old_value;
    if (change.kind == IndicatorKind::share)
        return {moved, whole(Decimal(change.years, 0), scale)};
    return {100 * moved, abs(old_value)};
}

bool is_compound(const Change& change)
{
    return change.kind != IndicatorKind::share && change.years > 1;
}

/// 100 * (new / old)^(1 / years) - 100, its sign turned for two negative values. The tie of the root is broken
/// towards the side on which the whole, after the subtraction, lies away from zero.
std::optional<Decimal> compound_rate(const Change& change, int decimals)
{
    const Exact ratio = exact(*change.new_value) / exact(*change.old_value);
    const auto root = rounded_root(ratio * power(Exact(100), change.years), change.years, decimals,
                                   ratio < 1 ? Tie::down : Tie::up);
    if (!root)
        return std::nullopt;
    const Exact rate = exact(*root) - 100;
    return rounded(change.old_value->is_negative() ? Exact(-rate) : rate, decimals);
}

/// How far an unchanged value is from the threshold it is nearest to, when that is near. The distance of two percents
/// is in percentage points, as that of two changes in points is.
LocalizedText near_miss_of(const Change& change, const Decimal& moved)
{
    const Exact threshold = exact(threshold_of(change));
    const Exact distance = threshold - abs(exact(moved));
    if (distance * near_part > threshold)
        return {};
    const auto movement = moved.is_negative() ? Movement::fall : Movement::rise;
    const auto style = outcome_style(outcome_of(movement, change.direction), change.direction);
    if (distance <= 0)
        return {fmt::format("på grensen til {}", style.nb), fmt::format("at the limit to {}", style.en)};
    int decimals = 1;
    while (decimals < change_decimals && 10 * abs(exact(*rounded(distance, decimals)) - distance) > distance)
        ++decimals;
    const auto left = *rounded(distance, decimals);
    return {fmt::format("{} prosentpoeng fra {}", number_text(left, Language::nb), style.nb),
            fmt::format("{} percentage points from {}", number_text(left, Language::en), style.en)};
}

/// The finite population correction of a variance.
Exact not_asked(std::int64_t count, std::int64_t population)
{
    if (population < 2)
        return 1;
    return count >= population ? Exact(0) : Exact(population - count) / (population - 1);
}

/// The square of the sampling margin, in points per year; nothing where there is none.
std::optional<Exact> squared_margin(const Change& change)
{
    if (change.kind != IndicatorKind::share || change.target || !change.old_value || !change.new_value ||
        change.old_respondents < 1 || change.new_respondents < 1)
        return std::nullopt;
    const Exact z(1959964, 1000000); // the 97.5 % point of the normal distribution
    Exact variance = 0;
    for (const auto& [value, count, population] :
         {std::tuple(*change.old_value, change.old_respondents, change.old_population),
          std::tuple(*change.new_value, change.new_respondents, change.new_population)}) {
        const Exact share = exact(value);
        if (share < 0 || share > 100)
            return std::nullopt;
        variance += share * (100 - share) / count * not_asked(count, population);
    }
    return Exact(z * z * variance / (Exact(change.years) * change.years));
}

} // namespace

std::optional<Decimal> sampling_margin(const Change& change)
{
    const auto squared = squared_margin(change);
    return squared ? rounded_root(*squared, 2, 1) : std::nullopt;
}

Outcome judge(const Change& change)
{
    assert(change.years >= 1 && change.years <= years_max);
    switch (obstacle_of(change)) {
    case Obstacle::none:
        break;
    case Obstacle::no_old:
    case Obstacle::no_new:
    case Obstacle::neither:
        return Outcome::no_data;
    case Obstacle::old_is_zero:
    case Obstacle::sign:
        return Outcome::not_comparable;
    }
    if (change.target)
        return *change.new_value > *change.target ? Outcome::improved : Outcome::worsened;
    return outcome_of(movement_of(change), change.direction);
}

std::optional<Decimal> change_rounded(const Change& change, int decimals)
{
    if (change.target || obstacle_of(change) != Obstacle::none)
        return std::nullopt;
    if (is_compound(change))
        return compound_rate(change, decimals);
    const auto [above, below] = exact_change(change);
    return rounded(above, below, decimals);
}

Judgement explain(const Change& change)
{
    Judgement judgement;
    judgement.outcome = judge(change);
    judgement.unit = change.target ? "level" : change.kind == IndicatorKind::share ? "percentage points" : "percent";
    judgement.reason = obstacle_text(obstacle_of(change));
    for (int decimals = change_decimals; decimals >= 0 && !judgement.change; --decimals)
        judgement.change = change_rounded(change, decimals);
    if (const auto squared = squared_margin(change); squared && judgement.change) {
        const auto [above, below] = exact_change(change);
        const Exact moved(above, below);
        judgement.margin = sampling_margin(change);
        judgement.within_margin = moved * moved <= *squared;
    }
    if (judgement.outcome == Outcome::unchanged && judgement.change)
        judgement.near_miss = near_miss_of(change, *judgement.change);
    return judgement;
}

const Decimal& threshold_of(const Change& change)
{
    return change.kind == IndicatorKind::share ? change.thresholds.share_points : change.thresholds.percent;
}

std::optional<UnchangedBand> unchanged_band(IndicatorKind kind, const Decimal& old_value,
                                            const Thresholds& thresholds)
{
    const bool is_share = kind == IndicatorKind::share;
    if (!is_share && old_value.is_zero())
        return std::nullopt;
    const auto old = exact(old_value);
    const Exact reach = is_share ? exact(thresholds.share_points) : abs(old) * exact(thresholds.percent) / 100;
    const auto low = rounded(old - reach, change_decimals);
    const auto high = rounded(old + reach, change_decimals);
    return low && high ? std::optional(UnchangedBand{*low, *high}) : std::nullopt;
}

std::string rule_text(const Change& change)
{
    if (change.target)
        return fmt::format("{} level > {}", change_rule, change.target->text());
    return fmt::format("{} ±{} {}", change_rule, threshold_of(change).text(),
                       change.kind == IndicatorKind::share ? "points" : "percent");
}

} // namespace skurd

#pragma once

#include "base/decimal.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"

#include <optional>
#include <string>

namespace skurd {

/// Id and version of the change rule. A change of what the rule says is a new version.
constexpr std::string_view change_rule = "change/1";

/// Where green and red begin when the catalogue says nothing else, from the evaluation's method chapter: a share
/// that moves by more than 1.0 percentage points, anything else by more than 2.5 percent. Nowhere else in the code.
constexpr Thresholds default_thresholds = {Decimal(10, 1), Decimal(25, 1)};

/// The most years a change may be spread over; keeps hostile input from costing much.
constexpr int years_max = 1000;

/// Two values to be judged: what the rule is a function of.
struct Change {
    IndicatorKind kind = IndicatorKind::number;
    Direction direction = Direction::up;
    std::optional<Decimal> old_value = {};
    std::optional<Decimal> new_value = {};
    int years = 1; ///< over 1: judged per year; 1 to years_max
    Thresholds thresholds = default_thresholds;
    std::int64_t old_respondents = 0; ///< of a survey's share; 0 = unknown, or no survey
    std::int64_t new_respondents = 0;
    std::int64_t old_population = 0; ///< that the respondents were drawn from; 0 = not known, or very many
    std::int64_t new_population = 0;
    std::optional<Decimal> target = {}; ///< then the new value is judged on its level alone: improved when greater
};

/// The outcome alone, with its reason where there is none to speak of.
///
/// Strictly greater: exactly 1.0 points or exactly 2.5 % is unchanged. Exact: a share's (new - old) / years is held
/// against the points, anything else's new / old against (1 ± percent)^years; never a rounded number, never floating
/// point. Nothing to compare: no data. Old value zero, or a change of sign: not comparable; a fall to exactly zero is
/// -100 %. Two negative values are compared by magnitude, and a greater magnitude is a decrease (-2 -> -3: -50 %).
Outcome judge(const Change& change);

/// The outcome with its working.
struct Judgement {
    Outcome outcome = Outcome::no_data;
    std::optional<Decimal>
        change;              ///< eight decimals (fewer where a Decimal cannot hold them); nothing if not computable
    std::string unit;        ///< "percentage points", "percent", "level"
    LocalizedText reason;    ///< why there is no data, or no comparison; else empty
    LocalizedText near_miss; ///< "0.1 percentage points from green"; empty when unchanged is not a close call
    std::optional<Decimal> margin; ///< sampling_margin(), where there is a change
    bool within_margin = false;    ///< the change is not larger
};
Judgement explain(const Change& change);

/// The change, rounded half away from zero straight from the exact value: rounding an already rounded change would be
/// wrong now and then. Nothing where it is not computable, and for a level.
std::optional<Decimal> change_rounded(const Change& change, int decimals);

/// How much two shares of independent samples may differ by chance: 1.96 * sqrt(p1 (1 - p1) / n1 + p2 (1 - p2) / n2),
/// the half-width of the 95 % interval of a difference of two proportions (Newcombe 1998, method 1), in percentage
/// points with one decimal, per year over several years. Where the population a sample was drawn from is known, its
/// variance is multiplied by (N - n) / (N - 1), the finite population correction (Cochran 1977, section 2.6): of all
/// asked there is no chance left. Nothing unless both are shares from 0 to 100 whose numbers
/// of respondents are known, and for a level.
std::optional<Decimal> sampling_margin(const Change& change);

/// The threshold that applies: points for a share, percent for the rest.
const Decimal& threshold_of(const Change& change);

/// Between which values, both included, a new one would be unchanged over one year: the threshold around an old
/// value, to draw it. Nothing where the change is not computable, and where the limits do not fit a Decimal.
struct UnchangedBand {
    Decimal low;
    Decimal high;
};
std::optional<UnchangedBand> unchanged_band(IndicatorKind kind, const Decimal& old_value,
                                            const Thresholds& thresholds);

/// "change/1 ±1.0 points", "change/1 ±2.5 percent", "change/1 level > 1".
std::string rule_text(const Change& change);

} // namespace skurd

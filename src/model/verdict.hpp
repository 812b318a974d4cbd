#pragma once

#include "base/decimal.hpp"
#include "base/enum_words.hpp"
#include "model/localized_text.hpp"
#include "model/period.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

enum class IndicatorKind { share, number, amount, ratio, score };
template <>
inline constexpr auto enum_words<IndicatorKind> = word_table<IndicatorKind>({
    {IndicatorKind::share, "share"},
    {IndicatorKind::number, "number"},
    {IndicatorKind::amount, "amount"},
    {IndicatorKind::ratio, "ratio"},
    {IndicatorKind::score, "score"},
});

enum class Direction { up, down, neutral };
template <>
inline constexpr auto enum_words<Direction> = word_table<Direction>({
    {Direction::up, "up"},
    {Direction::down, "down"},
    {Direction::neutral, "neutral"},
});

/// What the change rule says of two values.
enum class Outcome { improved, worsened, unchanged, increased, decreased, no_data, not_comparable, not_judged };
template <>
inline constexpr auto enum_words<Outcome> = word_table<Outcome>({
    {Outcome::improved, "improved"},
    {Outcome::worsened, "worsened"},
    {Outcome::unchanged, "unchanged"},
    {Outcome::increased, "increased"},
    {Outcome::decreased, "decreased"},
    {Outcome::no_data, "no data"},
    {Outcome::not_comparable, "not comparable"},
    {Outcome::not_judged, "not judged"},
});

/// Which of the comparisons of an indicator.
enum class Comparison {
    previous, ///< the period before -> the period
    baseline, ///< the baseline -> the period
    per_year, ///< the same, per year
};
template <>
inline constexpr auto enum_words<Comparison> = word_table<Comparison>({
    {Comparison::previous, "previous"},
    {Comparison::baseline, "baseline"},
    {Comparison::per_year, "per year"},
});

/// A verdict with its working: everything needed to read it, and to make it again, years later.
struct Verdict {
    int indicator = 0;
    int definition = 0;
    Comparison comparison = Comparison::previous;
    Period from;
    Period to;
    int years = 1; ///< between the two; what a per-year change is divided by
    std::optional<Decimal> old_value;
    std::optional<Decimal> new_value;
    std::vector<std::int64_t> vintages; ///< that the two values come from
    Outcome outcome = Outcome::no_data;
    std::optional<Decimal> change; ///< eight decimals, half away from zero; nothing where not computable
    std::string unit;        ///< of the change: "percentage points", "percent"; "level" for a ratio with a target
    std::string rule;        ///< id and version of the rule: "change/1 ±1.0 points"
    std::string reason;      ///< why not comparable or not judged, or what had no data; English; "" otherwise
    LocalizedText sentence;  ///< {"Gul: 46,2 → 46,9 % (…)", "Yellow: …"}
    LocalizedText near_miss; ///< "0.1 percentage points from green"; mostly empty
    LocalizedText caveat;    ///< why the values compare though something changed between them; mostly empty
    std::optional<Decimal>
        margin;                 ///< the 95 % sampling error of a survey's share, in points (per year as the change)
    bool within_margin = false; ///< the change is no larger than that
    bool provisional = false;   ///< one of the values is; judged again when it is final
};

} // namespace skurd

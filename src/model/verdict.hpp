#pragma once

#include "base/decimal.hpp"
#include "model/localized_text.hpp"
#include "model/period.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

enum class IndicatorKind { share, number, amount, ratio, score };
enum class Direction { up, down, neutral };

std::string_view to_string(IndicatorKind kind);
std::optional<IndicatorKind> indicator_kind_from(std::string_view word);
std::string_view to_string(Direction direction);
std::optional<Direction> direction_from(std::string_view word);

/// What the change rule says of two values.
enum class Outcome { improved, worsened, unchanged, increased, decreased, no_data, not_comparable };

/// "improved", "worsened", "unchanged", "increased", "decreased", "no data", "not comparable".
std::string_view to_string(Outcome outcome);
std::optional<Outcome> outcome_from(std::string_view word);

/// Which of the comparisons of an indicator.
enum class Comparison {
    previous, ///< the period before -> the period
    baseline, ///< the baseline -> the period
    per_year, ///< the same, per year
};
std::string_view to_string(Comparison comparison);

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
    std::string reason;      ///< why not comparable, or what had no data; English; "" otherwise
    LocalizedText sentence;  ///< {"Gul: 46,2 → 46,9 % (…)", "Yellow: …"}
    LocalizedText near_miss; ///< "0.1 points from green"; mostly empty
    LocalizedText caveat;    ///< why the values compare though something changed between them; mostly empty
    std::optional<Decimal>
        margin;                 ///< the 95 % sampling error of a survey's share, in points (per year as the change)
    bool within_margin = false; ///< the change is no larger than that
    bool provisional = false;   ///< one of the values is; judged again when it is final
};

} // namespace skurd

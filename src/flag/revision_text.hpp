#pragma once

#include "flag/printed_report.hpp"
#include "model/flag.hpp"

#include <optional>

namespace skurd {

/// What a flag says of the verdict that a revision turned.
struct TurnedVerdict {
    std::optional<Decimal> old_value;
    std::optional<Decimal> new_value;
    LocalizedText sentence;
    LocalizedText contradicts; ///< "; contradicts Third status report, 2019-11-01, where it is number 9"; "" for none
    bool redefined = false;    ///< it was by another definition
};

/// From the verdict as it was stored.
TurnedVerdict turned_verdict(const Verdict& before, const Verdict& now, const PrintRecord& printed);
/// From the flag it was raised with: a number that is revised again turns the verdict that the flag named first.
TurnedVerdict turned_verdict(const Flag& flag);

/// "Indicator 9 (…): the verdict on 2016 to 2017 has turned; before: …; now: …; 2017 goes from 247 to 280 (+33,
/// +13.4%); contradicts …". `name` is of the indicator.
LocalizedText revision_text(const LocalizedText& name, const TurnedVerdict& before, const Verdict& now,
                            IndicatorKind kind);

/// The values and the outcome of a verdict, for Flag::inputs: "improved|284|247".
std::string state_text(const Verdict& verdict);

/// Between those of the two verdicts in the inputs of a revision flag.
constexpr std::string_view turn_arrow = " -> ";

} // namespace skurd

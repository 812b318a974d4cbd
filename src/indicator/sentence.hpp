#pragma once

#include "indicator/rule.hpp"

namespace skurd {

/// What was compared, in one sentence in both languages: "Gul: 46,2 → 46,9 % (+0,7 prosentpoeng, grense ±1,0)",
/// "Green: 284 → 247 (−13.0%, limit ±2.5%)". Per year when change.years > 1. A near miss or the reason for having no
/// outcome stands inside the parentheses, and the sampling error of a survey's share.
///
/// The change is shown with one decimal, or with as many more as it takes to tell it from the limit.
LocalizedText sentence_of(const Change& change, const Judgement& judgement);

} // namespace skurd

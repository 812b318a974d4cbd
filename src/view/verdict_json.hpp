#pragma once

#include "lib/json/json.hpp"
#include "model/report_difference.hpp"
#include "model/verdict.hpp"

namespace skurd {

/// A verdict with its whole working: {"comparison", "from", "to", "per_year", "years", "old", "new", "vintages",
/// "change", "unit", "verdict", "reason", "rule", "sentence": {"nb", "en"}, "sentence_nb", "sentence_en",
/// "near_miss", "caveat": {"nb", "en"} or null, "margin", "within_margin", "provisional"}
Json to_json(const Verdict& verdict);

/// {"kind", "indicator", "number_before", "number_now", "period_before", "period_now", "before", "now", "comparable",
/// "text": {"nb", "en"}, "text_nb", "text_en"}
Json to_json(const ReportDifference& difference);

} // namespace skurd

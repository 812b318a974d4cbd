#pragma once

#include "base/number_text.hpp"
#include "lib/json/json.hpp"
#include "model/report_difference.hpp"
#include "model/verdict.hpp"

#include <optional>
#include <vector>

namespace skurd {

/// A number as a text, or null.
Json number_json(const std::optional<Decimal>& number);

/// A verdict with its whole working.
Json verdict_json(const Verdict& verdict);

Json to_json(const ReportDifference& difference);

/// A table of what two reports say differently, then how many there are of each kind.
std::string differences_text(const std::vector<ReportDifference>& differences, Language language);

} // namespace skurd

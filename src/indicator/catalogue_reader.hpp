#pragma once

#include "config/section.hpp"
#include "model/indicator.hpp"

#include <initializer_list>
#include <string_view>
#include <utility>

namespace skurd {

/// What the readers of indicators and of sets share. All throw Error (usage) with file and line.

/// A table { nb = "…", en = "…" }, both needed.
LocalizedText require_localized_text(Section& section, std::string_view key);

/// One of the known words.
std::string require_choice(Section& section, std::string_view key, std::initializer_list<std::string_view> known);

Period require_period(Section& section, std::string_view key);
/// "2018-04-01", or "2018-04" where only the month is known: its first day.
std::pair<Time, Confidence> require_day(Section& section, std::string_view key);
Formula require_formula(Section& section, std::string_view key = "formula");

/// Indicators' numbers, as "9" or "1-16", ascending. Throws for one the catalogue does not have, and for one twice.
std::vector<int> read_numbers(Section& section, std::string_view key, const Catalogue& catalogue);

/// One `[[indicator]]` with its definitions.
Indicator read_indicator(Section& section, const std::string& part);

/// One `[[set]]`; its members must be in the catalogue. `before` is the set of the number before it, if any: what
/// left it must be retired, with a reason.
IndicatorSet read_set(Section& section, const Catalogue& catalogue, const IndicatorSet* before);

} // namespace skurd

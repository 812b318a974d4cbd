#pragma once

#include "model/indicator.hpp"

#include <string>

namespace skurd {

/// All that the catalogue says of how an indicator is computed and judged, its own and that of the indicators it is
/// made from: where two catalogues give the same text, they give the same verdicts on the same numbers. What it is
/// called, and why something is so, is no part of it. For comparing within one program; not stored.
std::string rule_text(const Catalogue& catalogue, const Indicator& indicator);

} // namespace skurd

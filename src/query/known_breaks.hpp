#pragma once

#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The breaks that people marked, and that the sources' notes tell of, in those series (dataset -> ids), as they were
/// known at the two clocks; ascending. They forbid comparisons until the catalogue says otherwise.
///
/// A note counts when it speaks of a break and names exactly one year: the break is from that year on. What notes say
/// less clearly is a flag, and a person marks it.
std::vector<SeriesBreak> known_breaks(const StoreSession& store,
                                      const std::map<std::string, std::set<std::int64_t>>& series, const AsOf& as_of);

} // namespace skurd

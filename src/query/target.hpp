#pragma once

#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <string>
#include <variant>

namespace skurd {

struct EveryIndicator {};

/// What a question is about, as people say it. The indicator is in the catalogue the target was read by.
using Target = std::variant<EveryIndicator, const Indicator*, Selector>;

/// An indicator's number (as find_indicator() takes it), a selector, or every indicator for "". Throws Error (usage)
/// for a number that is not there and for a selector that is none.
Target read_target(const std::string& text, const Catalogue& catalogue);

/// The series that are meant: those of a selector, or the one that an indicator reads now: of several sources that it
/// goes on from, the one that the store has. Throws Error (usage), also for an indicator that is computed of several.
Selector read_series(const std::string& text, const Catalogue& catalogue, const StoreSession& store);

/// By its number, "201/0301" where a template stands for it. Throws Error (usage) that tells what there is instead.
const Indicator& find_indicator(const Catalogue& catalogue, const std::string& name);

} // namespace skurd

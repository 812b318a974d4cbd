#pragma once

#include "lib/json/json.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"

#include <string>

namespace skurd {

/// Which series people mean: an indicator's number (what it reads now) or a selector. Throws Error (usage).
Selector target_of(const std::string& text, const Catalogue& catalogue);

/// For people's tools; the members are those of the structs. "ended" and "withdrawn" are null, or when, why and by.
Json to_json(const Annotation& annotation);
Json to_json(const Correction& correction);

} // namespace skurd

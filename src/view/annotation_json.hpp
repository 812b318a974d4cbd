#pragma once

#include "lib/json/json.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"

namespace skurd {

/// {"annotation", "kind", "about": text, "dataset", "codes", "period", "vintage", "text", "actor", "made",
/// "withdrawn": {"at", "why", "actor"} or null}
Json to_json(const Annotation& annotation);

/// {"correction", "dataset", "codes", "period", "source_value", "corrected_value", "reason", "actor", "made",
/// "ended": {"at", "why", "actor", "vintage"} or null}
Json to_json(const Correction& correction);

/// A correction beside the value it is about: the same with "applied" (whether the value is the corrected one) and
/// its sentence as "text_nb" and "text_en"; null for none.
Json correction_json(const Correction* correction, const Value& value);

} // namespace skurd

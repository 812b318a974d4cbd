#pragma once

#include "lib/json/json.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// Stands in the status column beside a number that a correction is about, and before the note below the table.
constexpr std::string_view correction_mark = "†";

/// A status with the mark before it, if so.
std::string marked(const std::string& status, bool is_marked);

/// "break: new questionnaire (Kari, 2026-01-05)".
std::string annotation_text(const Annotation& annotation);

/// A correction beside the value it is about: as run/remarks.hpp has it, with "applied" (whether the value is the
/// corrected one) and its sentence as "text_nb" and "text_en". null for none.
Json correction_json(const Correction* correction, const Value& value);

} // namespace skurd

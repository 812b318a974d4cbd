#pragma once

#include "base/number_text.hpp"
#include "lib/json/json.hpp"
#include "model/status.hpp"

namespace skurd {

/// {"job", "connector", "enabled", "unconfirmed": text or null, "schedule", "timezone", "next_due", "next_run",
/// "owed_since", "tries", "expected", "why": text or null, "last_outcome", "last_success", "failures_in_row"}
Json to_json(const JobStatus& job);

/// {"state", "ok", "wrong": [text…], "vintages", "open_flags", "quarantined", "notes": [text…]}
Json to_json(const Status& status);

/// Why the job's next run is made when it is, in a few words; "" where its schedule says so.
std::string why_text(const JobStatus& job, Language language = Language::en);

/// "new vintage", …; "never ran".
std::string outcome_text(const SourceHealth& health);

} // namespace skurd

#pragma once

#include "lib/json/json.hpp"
#include "model/status.hpp"

namespace skurd {

/// {"job", "connector", "enabled", "unconfirmed": text or null, "schedule", "timezone", "next_due", "last_outcome",
/// "last_success", "failures_in_row"}
Json to_json(const JobStatus& job);

/// {"state", "ok", "wrong": [text…], "vintages", "open_flags", "quarantined", "notes": [text…]}
Json to_json(const Status& status);

/// "new vintage", …; "never ran".
std::string outcome_text(const SourceHealth& health);

} // namespace skurd

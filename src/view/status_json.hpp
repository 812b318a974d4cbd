#pragma once

#include "base/number_text.hpp"
#include "lib/json/json.hpp"
#include "model/status.hpp"

namespace skurd {

/// {"job", "connector", "enabled", "unconfirmed": text or null, "schedule", "timezone", "next_due", "next_run",
/// "owed_since", "tries", "window_ends", "expected", "why": text or null, "last_outcome", "last_success",
/// "last_message", "failures_in_row"}
Json to_json(const JobStatus& job);

/// {"concern", "fault", "about": text or null, "text", "remedy": text or null}
Json to_json(const StatusFinding& finding);

/// {"folder", "mounted", "free_bytes", "size_bytes", "needed_bytes"}
Json to_json(const DiskRoom& room);

/// {"state", "ok", "to_do": text or null, "wrong": [text…], "findings", "daemon": {"alive", "holder", "pid", "since",
/// "configuration", "configuration_on_disk"}, "room", "vintages", "open_flags", "unanswered_flags": {kind: count},
/// "quarantined", "notes": [text…], "jobs"}. Wrong are the faults among the findings, in one sentence with the
/// remedy.
Json to_json(const Status& status);

/// Why the job's next run is made when it is, in a few words; "" where its schedule says so.
std::string why_text(const JobStatus& job, Language language = Language::en);

/// "new vintage", …; "never ran".
std::string outcome_text(const SourceHealth& health);

} // namespace skurd

#pragma once

#include "lib/json/json.hpp"
#include "model/dataset_schema.hpp"
#include "model/quarantine.hpp"
#include "model/sign_off.hpp"
#include "model/verification.hpp"

namespace skurd {

/// {"quarantine", "job", "kind", "name", "payload", "run", "reason", "at", "modified_at", "ended", "ended_at",
/// "ended_by", "ended_why"}
Json to_json(const Quarantined& quarantined);

/// {"dataset", "seen", "run", "severity", "dimension", "text_nb", "text_en"}
Json to_json(const RecordedDrift& drift);

/// {"sign_off", "set", "period", "signed", "actor", "catalogue", "note", "signatures": [{"statement", "public_key",
/// "signature", "at"}]}
Json to_json(const SignOff& signing);

/// {"ok", "wrong": [text…], "vintages", "cells", "payloads", "payloads_removed", "unchecked"}
Json to_json(const Verification& verification);

} // namespace skurd

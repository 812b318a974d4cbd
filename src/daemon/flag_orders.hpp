#pragma once

#include "lib/json/json.hpp"
#include "model/flag.hpp"
#include "model/flag_event.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <string>

namespace skurd {

/// Carries out {"command": "ack", "flags": [id…], "note": text, "by": name}: each of them is acknowledged, or, where
/// one cannot be, none. The answer is {"exit": 0, "flags": [id…]}. Throws Error (usage) for a flag that is not there
/// or not open, and without a name or a note.
Json acknowledge_flags(StoreSession& store, const Json& order, Time now);

} // namespace skurd

#pragma once

#include "lib/json/json.hpp"
#include "model/flag.hpp"
#include "model/flag_event.hpp"

namespace skurd {

/// {"flag", "kind", "state", "indicator": number or null, "period", "key", "text_nb", "text_en", "raised", "changed",
/// "note", "actor", "origin"}
Json to_json(const Flag& flag);

/// {"at", "event", "state", "text_nb", "text_en", "note", "actor", "origin"}
Json to_json(const RecordedFlagEvent& event);

} // namespace skurd

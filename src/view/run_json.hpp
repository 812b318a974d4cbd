#pragma once

#include "lib/json/json.hpp"
#include "model/replayed.hpp"
#include "model/run.hpp"

namespace skurd {

/// {"job", "run", "dataset", "started", "finished", "outcome", "message", "requests", "bytes", "cells", "rows",
/// "revised", "withdrawn", "suppressed", "relabelled", "vintage": id or null}
Json to_json(const Run& run);

/// {"job", "vintage", "dataset", "published", "failure": text or null, "different": count, "differences": at most
/// 1000 of {"codes": {dimension: code}, "period", "stored": text or null, "decoded": text or null}, "new_vintage": id
/// or null}
Json to_json(const Replayed& replayed);

} // namespace skurd

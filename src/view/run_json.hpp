#pragma once

#include "lib/json/json.hpp"
#include "lib/json/json_reader.hpp"
#include "model/run.hpp"

namespace skurd {

/// A run for people's tools: {"job", "run", "started", "finished", "outcome", "message", "requests", "bytes",
/// "cells", "rows", "revised", "withdrawn", "suppressed", "relabelled", "vintage", "dataset", "changes"}; the last of
/// a dry run: [{"series", "period", "before", "now"}...], each of the latter two null where there is no such cell.
Json to_json(const Run& run);
/// The same read back. Throws Error that says what is wrong with it.
Run read_run(JsonReader& json);

} // namespace skurd

#pragma once

#include "lib/json/json.hpp"
#include "lib/json/json_reader.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"

namespace skurd {

/// {dimension: code}
Json codes_json(const Codes& codes);

/// A value in one word: its number and its symbol as written, else what that means.
std::string word_of(const Value& value);

/// A run for people's tools: {"job", "run", "started", "finished", "outcome", "message", "requests", "bytes",
/// "cells", "rows", "revised", "withdrawn", "suppressed", "relabelled", "vintage", "dataset"}.
Json to_json(const Run& run);
/// The same read back. Throws Error that says what is wrong with it.
Run read_run(JsonReader& json);

} // namespace skurd

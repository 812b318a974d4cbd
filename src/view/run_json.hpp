#pragma once

#include "lib/json/json.hpp"
#include "model/replayed.hpp"
#include "model/run.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// {dimension: code}
Json codes_json(const Codes& codes);

/// A value in one word: its number and its symbol as written, else what that means.
std::string word_of(const Value& value);

/// A run for people's tools: {"job", "run", "started", "finished", "outcome", "message", "requests", "bytes",
/// "cells", "rows", "revised", "withdrawn", "suppressed", "relabelled", "vintage", "dataset"}.
Json to_json(const Run& run);

/// {"job", "vintage", "dataset", "published", "failure": text or null, "different": count, "differences": at most
/// 1000 of
/// {"codes": {dimension: code}, "period", "stored": text or null, "decoded": text or null}, "new_vintage": id or
/// null}
Json to_json(const Replayed& replayed);

} // namespace skurd

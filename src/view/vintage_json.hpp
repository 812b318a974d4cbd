#pragma once

#include "lib/json/json.hpp"
#include "model/attribution.hpp"
#include "model/vintage.hpp"

namespace skurd {

/// {"vintage", "dataset", "published", "published_field", "published_confidence", "observed", "last_confirmed",
/// "origin", "payload", "content", "values": hashes, "run", "source", "licence"}
Json vintage_json(const Vintage& vintage, const Attribution& attribution);

} // namespace skurd

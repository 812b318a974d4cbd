#pragma once

#include "lib/json/json.hpp"
#include "model/attribution.hpp"
#include "model/dataset_summary.hpp"

namespace skurd {

/// {"dataset", "label", "vintages", "published", "observed", "last_confirmed", "source", "licence"}: the last two as
/// source_text() and licence_text() say them in English.
Json dataset_json(const DatasetSummary& dataset, const Attribution& attribution);

} // namespace skurd

#pragma once

#include "lib/json/json.hpp"
#include "model/dataset_description.hpp"

namespace skurd {

/// {"label", "notes", "time_dimension", "dimensions": [{"dimension", "label", "role", "codes": [{"code", "label",
/// "unit", "decimals"}…]}…]}
Json description_json(const DatasetDescription& description);

} // namespace skurd

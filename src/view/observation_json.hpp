#pragma once

#include "lib/json/json.hpp"
#include "model/cube.hpp"
#include "model/observation_row.hpp"

namespace skurd {

/// {"dataset", "codes": {dimension: code}, "label", "unit": as its vintage has them, "label_today", "unit_today":
/// where they are other today, else null, "period", "value", "status", "meaning", "vintage", "published",
/// "published_confidence", "observed", "correction": as correction_json(), "source", "licence": text or null
/// where it is not known, "annotations": […], "left_out": [{"indicator", "definition"}…], null where that was not
/// asked}, and of one that was read as an indicator first {"indicator", "definition", "indicator_label",
/// "indicator_unit"}: as its definition has them; then {"comparable_with_previous_definition", "reason": {"nb",
/// "en"}}, both null under its first definition.
Json to_json(const ObservationRow& row);

/// {"dataset", "codes", "period", "before": text or null, "now": text or null, "vintage", "published"}
Json to_json(const CellChange& change);

/// {"label", "updated", "dimensions": [{"id", "label", "categories": [{"code", "label", "unit"}…]}…], "cells":
/// [{"value", "status"}…]}: the cells row-major, as in the payload.
Json to_json(const Cube& cube);

} // namespace skurd

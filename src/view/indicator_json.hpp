#pragma once

#include "lib/json/json.hpp"
#include "model/catalogue_entry.hpp"
#include "model/indicator.hpp"
#include "model/indicator_working.hpp"
#include "model/stored_catalogue.hpp"

namespace skurd {

/// {"definition", "from", "formula", "unit", "price_base", "change", "comparable_with_previous", "reason": {"nb",
/// "en"} or null}
Json to_json(const Definition& definition);

/// {"period", "value", "status", "meaning", "definition", "vintage", "published", "published_confidence", "missing":
/// {"nb", "en"} or null, "formula_error": {"nb", "en"} or null}, and of coalesce() "source", the formula that says
/// so, and "others", what later arguments say of the same period.
Json value_json(const Period& period, const IndicatorValue& value);

/// {"share_points", "percent"}
Json to_json(const Thresholds& thresholds);

/// {"first_after", "comparable", "reason": {"nb", "en"}}
Json to_json(const SeriesBreak& series_break);

/// A line of the catalogue: {"indicator", "label", "part", "type", "kind", "unit", "direction", "baseline", "judge",
/// "source", "formula", "number", "merged_into", "for_each": a dimension or null, "expansions": how many}
Json to_json(const CatalogueEntry& entry);

/// The whole life of an indicator: as a line of the catalogue, but for the last two members, with "definitions" and
/// "sets": what each set has to say of it.
Json indicator_json(const Catalogue& catalogue, const Indicator& indicator);

/// {"catalogue": hash, "stored", "current"}
Json to_json(const StoredCatalogue& stored);

/// {"indicator", "label", "kind", "direction", "unit", "definition", "formula", "catalogue", "definitions", "values":
/// as value_json() with "payload", "origin", "correction" and "inputs", "verdicts", "earlier": verdicts with
/// "published", "notes": annotations}
Json to_json(const IndicatorWorking& working);

} // namespace skurd

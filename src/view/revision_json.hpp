#pragma once

#include "lib/json/json.hpp"
#include "model/revision.hpp"

namespace skurd {

/// {"label": {"nb", "en"}, "figures", "followed", "revised", "up", "down", "uncounted", "unit", "mean",
/// "mean_absolute", "days_median", "days_most"}, and before them its id under the given name.
Json to_json(const RevisionGroup& group, const char* id_name);

/// {"id", "period", "published", "value"}: one published version of a figure.
Json version_json(const RevisionHistory& history, const Figure& figure, const PublishedNumber& version);

} // namespace skurd

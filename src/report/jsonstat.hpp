#pragma once

#include "model/observation_row.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Observations of one dataset as a JSON-stat 2.0 dataset (json-stat.org/full): their dimensions in the dataset's
/// order, then `period` in the role of time; cells of no observation are null. Numbers keep their digits.
/// Codes have the labels of the newest release among the observations; a series that is called otherwise today has a
/// note of the table that says both. One that a person corrected, or would, has the status "†" after its own, and a
/// note of the table says what. `source` names whom the numbers are credited to, in English, and `extension.licence`
/// the licence, or says that it is unknown. Throws Error (usage) for observations of several datasets, and for a
/// table of more than a million cells.
std::string render_jsonstat(const std::vector<ObservationRow>& rows);

} // namespace skurd

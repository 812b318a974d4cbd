#pragma once

#include "model/dataset_offer.hpp"
#include "model/indicator.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Selectors of the catalogue that can never give anything, which empties an indicator for ever: of a dataset or a
/// dimension that no job gives and that was never fetched, or of a code that a job's selection leaves out and that
/// was never there when the dataset was fetched. What a job can give and nobody has fetched yet is no mistake.
///
/// One line for a dataset, whoever reads it, and else one for each selector: "goal-1.toml:9: indicator 24: …".
std::vector<std::string> unknown_selectors(const Catalogue& catalogue, const std::vector<DatasetOffer>& jobs,
                                           const std::vector<DatasetOffer>& fetched);

} // namespace skurd

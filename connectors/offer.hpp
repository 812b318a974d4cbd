#pragma once

#include "decode/layout/table_layout.hpp"
#include "model/dataset_offer.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What a file of this layout can give. A wording that the layout does not list becomes a code of its own, so codes
/// are never all known.
DatasetOffer layout_offer(std::string dataset, const TableLayout& layout);

/// The codes that a job's expressions of one dimension can give: `*`, `03??`, top(3) and their like are for the
/// source to say.
DatasetOffer::Codes codes_offered(const std::vector<std::string>& expressions);

} // namespace skurd

#pragma once

#include "model/observation_row.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <vector>

namespace skurd {

/// The cells that read otherwise at one time than at the other, by dataset, series and period: of the selected
/// series, or of every dataset.
std::vector<CellChange> cell_changes(const StoreSession& store, const std::optional<Selector>& selector,
                                     const AsOf& from, const AsOf& to);

} // namespace skurd

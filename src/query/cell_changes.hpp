#pragma once

#include "model/indicator.hpp"
#include "model/localized_text.hpp"
#include "model/observation_row.hpp"
#include "store/store_session.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The cells that read otherwise at one time than at the other, by dataset, series and period: of the selected
/// series, or of every dataset.
std::vector<CellChange> cell_changes(const StoreSession& store, const std::optional<Selector>& selector,
                                     const AsOf& from, const AsOf& to);

/// A cell's place in the order of changes.
struct CellPlace {
    std::string dataset;
    std::int64_t series = 0;
    Period period;
};

/// The same, one after another, after a place: memory holds one series. Stops where `visit` says false.
void visit_cell_changes(const StoreSession& store, const std::optional<Selector>& selector, const AsOf& from,
                        const AsOf& to, const std::optional<CellPlace>& after,
                        const std::function<bool(const CellChange&)>& visit);

/// The datasets of which a vintage was published after the one day and by the other: the only ones that can read
/// otherwise. Of days by both clocks all there are. Ascending.
std::vector<std::string> datasets_published_between(const StoreSession& store, const AsOf& from, const AsOf& to);

/// Why a number is another one: that its publisher revised it, with the reason that the catalogue has of the
/// indicator whose formula is the series, that it is new, or that it is gone.
LocalizedText change_reason(const CellChange& change, const Catalogue& catalogue);

} // namespace skurd

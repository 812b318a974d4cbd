#pragma once

#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <map>

namespace skurd {

/// The releases after the place where a late one is put in. A release writes no row for a cell that says what the
/// release before it said; so when another comes to stand before it, the first later release that speaks of a
/// changed cell is given the row it then needs. One that was a confirmation becomes a vintage.
class LaterReleases {
public:
    /// Those of the timeline from `first` on; both must outlive this.
    LaterReleases(PriorStates& prior, VersionEdit& edit, std::size_t first);

    /// A cell that the late release changes, as it was said until then; `withdrawn_now`: the late release withdraws
    /// it.
    void restore(std::int64_t series, const PriorCell& before, bool withdrawn_now);

    /// Makes vintages of confirmations that were given rows. Call it last.
    void finish();

    std::size_t restored() const { return restored_; } ///< rows

private:
    const StatedCells& stated_by(const Timeline::Entry& entry);
    void add_row(std::int64_t series, const CellState& state, const Timeline::Entry& entry);

    PriorStates& prior_;
    VersionEdit& edit_;
    std::size_t first_;
    std::map<std::int64_t, StatedCells> coverages_;             ///< by id
    std::map<std::int64_t, std::size_t> rows_of_confirmations_; ///< confirmation id -> rows it was given
    std::size_t restored_ = 0;
};

} // namespace skurd

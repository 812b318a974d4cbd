#pragma once

#include "version/confirmed_since.hpp"
#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <map>

namespace skurd {

/// The releases after the place where a late one is put in. A release writes no row for a cell that says what the
/// release before it said; so when another comes to stand before it, the first later release that speaks of a
/// changed cell is given the row it then needs. One that was a confirmation becomes a vintage.
class LaterReleases {
public:
    /// Those of the timeline from `first` on. All must outlive this; `confirmed` is nullptr where no live fetch says
    /// that the older state stood after the late release.
    LaterReleases(PriorStates& prior, VersionEdit& edit, std::size_t first, ConfirmedSince* confirmed);

    /// A cell that the late release changes, as it was said until then; `withdrawn_now`: the late release withdraws
    /// it.
    void restore(std::int64_t series, const PriorCell& before, bool withdrawn_now);

    /// Makes vintages of confirmations that were given rows. Call it last.
    void finish();

    std::size_t restored() const { return restored_; } ///< rows

private:
    /// The place of the first later release that has a row for the cell, states it or leaves it out; the end: none.
    std::size_t next_that_speaks(std::int64_t series, const PriorCell& before);
    const StatedCells& stated_by(const Timeline::Entry& entry);
    void add_row(std::int64_t series, const CellState& state, const Timeline::Entry& entry);

    PriorStates& prior_;
    VersionEdit& edit_;
    std::size_t first_;
    ConfirmedSince* confirmed_;
    std::map<std::int64_t, StatedCells> coverages_;             ///< by id
    std::map<std::int64_t, std::size_t> rows_of_confirmations_; ///< confirmation id -> rows it was given
    std::size_t restored_ = 0;
};

} // namespace skurd

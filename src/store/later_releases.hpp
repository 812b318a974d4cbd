#pragma once

#include "store/coverage.hpp"
#include "store/observations.hpp"
#include "store/vintages.hpp"

#include <map>
#include <span>

namespace skurd {

/// The releases after the place where a late one is put in. A release writes no row for a cell that says what the
/// release before it said; so when another comes to stand before it, the first later release that speaks of a
/// changed cell is given the row it then needs. One that was a confirmation becomes a vintage.
class LaterReleases {
public:
    /// Those of the timeline from `first` on; the timeline must outlive this.
    LaterReleases(Database& database, const Timeline& line, std::size_t first, std::int64_t withdrawn_status);

    /// A cell that the late release changes. `before`: what had been said of it until then, without a number and with
    /// the status "withdrawn" for nothing; `with_rows`: ascending places of later releases that have a row for it.
    void keep(std::int64_t series, const StoredCell& before, bool withdrawn_now,
              std::span<const std::size_t> with_rows);

    /// Makes vintages of confirmations that were given rows. Call it last.
    void finish(std::int64_t ingest_id);

    std::size_t restored() const { return restored_; }

private:
    const StatedCells& stated_by(const Timeline::Entry& entry);

    Database& database_;
    const Timeline& line_;
    std::size_t first_;
    std::int64_t withdrawn_status_;
    ObservationWriter writer_;
    std::map<std::int64_t, StatedCells> coverages_;
    std::map<std::int64_t, std::size_t> rows_of_confirmations_; ///< confirmation id -> rows it was given
    std::size_t restored_ = 0;
};

} // namespace skurd

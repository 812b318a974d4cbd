#pragma once

#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <compare>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace skurd {

/// The live fetches that had confirmed the older numbers after the day that a release is put on: what it says holds
/// only until the first such fetch. From then on the older numbers stand again, as a vintage of that fetch's payload,
/// which states them alone.
class ConfirmedSince {
public:
    /// All must outlive this; `stamp` is that of the release. Its vintages get the ids and places after it.
    ConfirmedSince(PriorStates& prior, VersionEdit& edit, const ReleaseStamp& stamp);

    bool any() const { return !fetches_.empty(); }

    /// Gives a cell that the release changes its older state back, from the first such fetch that covers it; `next`
    /// is when a later release speaks of the cell. False where no fetch did before that.
    bool restate(std::int64_t series, const PriorCell& before, std::optional<Time> next);

    /// Writes the vintages. Call it last.
    void finish(const Release& release, const std::vector<GridSeries>& series);

    std::size_t restated() const { return restated_; } ///< rows

private:
    struct Fetch {
        Time at{};
        std::size_t place = 0;
        std::reference_wrapper<const StatedCells> stated; ///< of stated_
    };
    /// What one vintage restates: cells of one fetch, or those of one period that it had not. So silence of the
    /// second kind speaks of just its own cells.
    struct Part {
        std::size_t fetch = 0; ///< index into fetches_
        bool withdrawn = false;
        std::int64_t period = 0; ///< of withdrawn ones
        auto operator<=>(const Part&) const = default;
    };
    using Cells = std::map<std::int64_t, std::map<std::int64_t, CellState>>; ///< by series and period

    std::int64_t id_of(const Part& part);
    void add_vintage(const Part& part, const Release& release, const std::vector<GridSeries>& series);
    Release release_of(const Part& part, const Release& release, const std::vector<GridSeries>& series);
    StatedCells stated_in(const Part& part) const;

    PriorStates& prior_;
    VersionEdit& edit_;
    const ReleaseStamp& stamp_;
    std::map<std::int64_t, StatedCells> stated_; ///< by coverage id: many fetches share one
    std::vector<Fetch> fetches_;                 ///< by time
    std::map<Part, Cells> cells_;
    std::map<Part, std::int64_t> ids_;
    std::size_t restated_ = 0;
};

} // namespace skurd

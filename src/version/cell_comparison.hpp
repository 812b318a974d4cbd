#pragma once

#include "version/anomaly.hpp"
#include "version/field_hash.hpp"
#include "version/later_releases.hpp"
#include "version/live_place.hpp"
#include "version/overlap.hpp"
#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The known cells that a release would withdraw.
struct Withdrawal {
    std::size_t known = 0; ///< covered cells that were there
    std::size_t withdrawn = 0;
    std::string cells_hash; ///< which

    bool is_more_than(int percent) const { return withdrawn * 100 > known * static_cast<std::size_t>(percent); }
};

/// Compares a release with what stood before it, series by series, and writes a row for each cell that differs.
class CellComparison {
public:
    /// All must outlive this. `later` is nullptr where no later release speaks of the cells.
    CellComparison(const Release& release, const ReleaseStamp& stamp, PriorStates& prior, VersionEdit& edit,
                   LaterReleases* later);

    /// Whether earlier releases asked for a cell that none has spoken of: tells additions from differences.
    void tell_additions(Overlap& overlap) { overlap_ = &overlap; }

    /// The series of a release come ascending by id.
    void compare(const GridSeries& series);

    /// Rows for cells that say the same with another number of decimals (0 -> 0.0): no reason for a vintage, but a
    /// vintage that is made gives them back as its payload has them. Gives how many.
    std::size_t write_same_values();

    const StatedCells& stated() const { return stated_; }
    const AnomalyCheck& anomalies() const { return anomalies_; }
    std::size_t cells() const { return cells_; } ///< stated
    /// Periods of known cells that a full history leaves out since they are older than all it has.
    const std::set<std::int64_t>& unoffered() const { return unoffered_; }
    /// Difference::adds only after tell_additions().
    Difference difference() const;
    const VintageCounts& counts() const { return counts_; }
    Withdrawal withdrawal(); ///< ends the comparison

private:
    struct Column {
        std::int64_t period = 0;
        std::size_t position = 0; ///< in the release
    };
    struct SameValue {
        std::int64_t series = 0;
        StoredCell cell;
    };

    void compare(const GridSeries& series, const Column& column, const PriorCell& before);
    void compare_stated(std::int64_t series, const StoredCell& stated, const PriorCell& before);
    void find_gone(std::int64_t series, const PriorCell& before);
    bool left_window(std::int64_t period) const;
    void withdraw(std::int64_t series, const PriorCell& before);
    void write(std::int64_t series, const StoredCell& cell, const PriorCell& before);

    const Release& release_;
    const ReleaseStamp& stamp_;
    PriorStates& prior_;
    VersionEdit& edit_;
    LaterReleases* later_;
    Overlap* overlap_ = nullptr;
    std::map<std::int64_t, std::int64_t> first_periods_; ///< of each sequence of the release's periods

    std::vector<Column> columns_;        ///< the release's periods, ascending by period id
    std::vector<std::int64_t> statuses_; ///< ids of the release's symbols
    std::vector<PriorCell> before_;      ///< of the series at hand
    std::vector<SameValue> same_values_;
    StatedCells stated_;
    std::int64_t next_index_ = 0; ///< of the cell at hand, in stated_
    AnomalyCheck anomalies_;
    std::size_t cells_ = 0;
    std::size_t known_ = 0; ///< covered cells that were there
    FieldHash withdrawn_cells_;
    VintageCounts counts_;
    std::set<std::int64_t> unoffered_;
    bool only_adds_ = true;
};

} // namespace skurd

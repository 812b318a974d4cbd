#pragma once

#include "version/cell.hpp"
#include "version/stable_id.hpp"
#include "version/timeline.hpp"

#include <algorithm>

namespace skurd {

/// Folds the rows of one series into its states before a place in the timeline. Rows come ascending by period, those
/// of one period in any order; the states stand ascending by period once finish() was called.
class StateFold {
public:
    /// Both must outlive this.
    StateFold(const Timeline& line, std::size_t place, std::vector<PriorCell>& cells)
        : line_(line), place_(place), cells_(cells)
    {
        cells_.clear();
    }

    void add(const StoredCell& row)
    {
        if (cells_.empty() || cells_.back().state.period != row.period) {
            finish();
            cells_.push_back({{row.period, std::nullopt, withdrawn_status_id()}, {}});
        }
        auto& cell = cells_.back();
        const auto at = line_.place_of(row.vintage);
        if (at >= place_) {
            cell.later_rows.push_back(at);
        } else if (at >= newest_) {
            newest_ = at;
            cell.state = {row.period, row.number, row.status};
        }
    }

    void finish()
    {
        newest_ = 0;
        if (!cells_.empty())
            std::sort(cells_.back().later_rows.begin(), cells_.back().later_rows.end());
    }

private:
    const Timeline& line_;
    std::size_t place_;
    std::vector<PriorCell>& cells_;
    std::size_t newest_ = 0; ///< place of the release that the last cell's state is of
};

} // namespace skurd

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
        const auto at = line_.place_of(row.vintage);
        if (at >= place_)
            cells_.back().later_rows.push_back(at);
        else
            rows_.push_back({at, {row.period, row.number, row.status, row.vintage}});
    }

    void finish()
    {
        if (cells_.empty())
            return;
        auto& cell = cells_.back();
        std::sort(cell.later_rows.begin(), cell.later_rows.end());
        std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
        for (auto row = rows_.rbegin(); row != rows_.rend() && says_the_same(row->state, rows_.back().state); ++row)
            cell.row_place = row->place;
        if (!rows_.empty())
            cell.state = rows_.back().state;
        rows_.clear();
    }

private:
    struct Row {
        std::size_t place = 0;
        CellState state;
    };

    const Timeline& line_;
    std::size_t place_;
    std::vector<PriorCell>& cells_;
    std::vector<Row> rows_; ///< of the last cell, before the place
};

} // namespace skurd

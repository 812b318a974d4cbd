// A late release L is put between releases it knows nothing of. Everything read as of a day from the next release on
// must stay as it was. Releases store differences, so a later release N that repeats what stood before L has no row,
// and would now seem to repeat L. For each cell that L changes, walk the releases after L in order:
//   - one that has a row for the cell speaks for itself, and for all after it: done;
//   - one that stated the cell, without a row, said what stood before L: give it that row, and done;
//   - one that left the cell out although it covers it said that it is gone: give it a withdrawal, unless L says so
//     too, and done;
//   - one that says nothing of the cell lets L's word stand: go on.
#include "version/later_releases.hpp"

#include "version/stable_id.hpp"

#include <cassert>

namespace skurd {

LaterReleases::LaterReleases(PriorStates& prior, VersionEdit& edit, std::size_t first)
    : prior_(prior), edit_(edit), first_(first)
{
}

const StatedCells& LaterReleases::stated_by(const Timeline::Entry& entry)
{
    const auto [known, is_new] = coverages_.try_emplace(entry.coverage_id);
    if (is_new)
        known->second = prior_.stated(entry.coverage_id);
    return known->second;
}

void LaterReleases::restore(std::int64_t series, const PriorCell& before, bool withdrawn_now)
{
    const auto period = before.state.period;
    const auto& line = prior_.timeline();
    const auto end = before.later_rows.empty() ? line.size() : before.later_rows.front();
    for (auto place = first_; place < end; ++place) {
        const auto& entry = line[place];
        const auto& cells = stated_by(entry);
        if (cells.contains(series, period)) {
            assert(before.state.status != withdrawn_status_id());
            return add_row(series, before.state, entry);
        }
        if (cells.leaves_out(series, period, entry.coverage)) {
            if (!withdrawn_now)
                add_row(series, {period, std::nullopt, withdrawn_status_id()}, entry);
            return;
        }
    }
}

void LaterReleases::add_row(std::int64_t series, const CellState& state, const Timeline::Entry& entry)
{
    edit_.add_row(series, {state.period, entry.id, state.number, state.status});
    ++restored_;
    if (!entry.is_vintage())
        ++rows_of_confirmations_[entry.id];
}

void LaterReleases::finish()
{
    for (const auto& [id, rows] : rows_of_confirmations_)
        edit_.make_vintage(id, rows);
}

} // namespace skurd

// A late release L is put between releases it knows nothing of. Everything read as of a day from the next release on
// must stay as it was. Releases store differences, so a later release N that repeats what stood before L has no row,
// and would now seem to repeat L. For each cell that L changes, walk the releases after L in order:
//   - one that has a row for the cell speaks for itself, and for all after it: done;
//   - one that stated the cell, without a row, said what stood before L: give it that row, and done;
//   - one that left the cell out although it covers it said that it is gone: give it a withdrawal, unless L says so
//     too, and done;
//   - one that says nothing of the cell lets L's word stand: go on.
#include "version/later_releases.hpp"

#include "base/error.hpp"
#include "version/stable_id.hpp"

namespace skurd {

LaterReleases::LaterReleases(PriorStates& prior, VersionEdit& edit, std::size_t first, ConfirmedSince* confirmed)
    : prior_(prior), edit_(edit), first_(first), confirmed_(confirmed)
{
}

const StatedCells& LaterReleases::stated_by(const Timeline::Entry& entry)
{
    const auto [known, is_new] = coverages_.try_emplace(entry.coverage_id);
    if (is_new)
        known->second = prior_.stated(entry.coverage_id);
    return known->second;
}

std::size_t LaterReleases::next_that_speaks(std::int64_t series, const PriorCell& before)
{
    const auto& line = prior_.timeline();
    const auto end = before.later_rows.empty() ? line.size() : before.later_rows.front();
    for (auto place = first_; place < end; ++place)
        if (stated_by(line[place]).covers(series, before.state.period, line[place].coverage))
            return place;
    return end;
}

void LaterReleases::restore(std::int64_t series, const PriorCell& before, bool withdrawn_now)
{
    const auto& line = prior_.timeline();
    const auto next = next_that_speaks(series, before);
    const auto until = next == line.size() ? std::nullopt : std::optional(line[next].published_at);
    if (confirmed_ && confirmed_->restate(series, before, until))
        return;
    if (next == line.size() || (!before.later_rows.empty() && next == before.later_rows.front()))
        return;
    const auto& entry = line[next];
    if (stated_by(entry).contains(series, before.state.period)) {
        if (before.state.status == withdrawn_status_id()) // it would have a row of its own there
            throw error(
                "release {} states a cell of series {} that has no row in it: the store is damaged; see `skurd "
                "verify`",
                entry.id, series);
        add_row(series, before.state, entry);
    } else if (!withdrawn_now) {
        add_row(series, {before.state.period, std::nullopt, withdrawn_status_id()}, entry);
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

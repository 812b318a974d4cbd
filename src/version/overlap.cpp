// Two releases overlap where a cell is covered by both. Which periods both could cover is found first, without a look
// at a series; then a series that both have, and a cell of it: mostly the first one looked at. Only partial releases
// with many absent cells need a longer walk.
#include "version/overlap.hpp"

#include "version/stable_id.hpp"

#include <algorithm>

namespace skurd {

namespace {

std::vector<std::int64_t> common_periods(const StatedCells& a, Coverage a_coverage, const StatedCells& b,
                                         Coverage b_coverage)
{
    std::vector<std::int64_t> common;
    const auto add = [&](std::int64_t period) {
        if (a.covers_period(period, a_coverage) && b.covers_period(period, b_coverage))
            common.push_back(period);
    };
    a.periods.for_each(add);
    b.periods.for_each(add);
    return common;
}

IdRanges period_ids(const Release& release)
{
    std::vector<std::int64_t> ids;
    for (const auto& period : release.periods)
        ids.push_back(period_id(period));
    std::sort(ids.begin(), ids.end());
    IdRanges ranges;
    for (const auto id : ids)
        ranges.add(id);
    return ranges;
}

} // namespace

Overlap::Overlap(PriorStates& prior, const Release& release, const std::vector<GridSeries>& series)
    : prior_(prior), release_(release), series_(series)
{
    own_.periods = period_ids(release);
    for (std::size_t position = 0; position < release.periods.size(); ++position)
        positions_[period_id(release.periods[position])] = position;
}

const StatedCells& Overlap::stated(const Timeline::Entry& entry)
{
    const auto [known, is_new] = coverages_.try_emplace(entry.coverage_id);
    if (is_new)
        known->second = prior_.stated(entry.coverage_id);
    return known->second;
}

bool Overlap::covers(const GridSeries& series, std::int64_t period) const
{
    const auto position = positions_.find(period);
    return position == positions_.end() || release_.coverage != Coverage::partial ||
           release_.cell(series.position, position->second).state != Cell::State::absent;
}

bool Overlap::overlaps(const Timeline::Entry& entry)
{
    const auto [known, is_new] = known_.try_emplace(entry.id, false);
    if (!is_new)
        return known->second;
    const auto& theirs = stated(entry);
    const auto periods = common_periods(own_, release_.coverage, theirs, entry.coverage);
    if (periods.empty())
        return false;
    known->second = std::any_of(series_.begin(), series_.end(), [&](const GridSeries& series) {
        return !series.is_new && theirs.series.index_of(series.id) &&
               std::any_of(periods.begin(), periods.end(), [&](std::int64_t period) {
                   return covers(series, period) && theirs.covers(series.id, period, entry.coverage);
               });
    });
    return known->second;
}

std::optional<Timeline::Entry> Overlap::newest()
{
    const auto& entries = prior_.timeline().entries();
    const auto found = std::find_if(entries.rbegin(), entries.rend(), [&](auto& entry) { return overlaps(entry); });
    return found == entries.rend() ? std::nullopt : std::optional(*found);
}

std::optional<Timeline::Entry> Overlap::newest_complete(std::size_t before)
{
    const auto& entries = prior_.timeline().entries();
    const auto found =
        std::find_if(entries.rend() - static_cast<std::ptrdiff_t>(before), entries.rend(),
                     [&](auto& entry) { return entry.coverage != Coverage::partial && overlaps(entry); });
    return found == entries.rend() ? std::nullopt : std::optional(*found);
}

std::optional<Time> Overlap::newest_published(Time observed_by)
{
    const auto& entries = prior_.timeline().entries();
    const auto found = std::find_if(entries.rbegin(), entries.rend(),
                                    [&](auto& entry) { return entry.observed_at <= observed_by && overlaps(entry); });
    return found == entries.rend() ? std::nullopt : std::optional(found->published_at);
}

bool Overlap::was_seen_since(Time time)
{
    const auto& entries = prior_.timeline().entries();
    return std::any_of(entries.rbegin(), entries.rend(), [&](auto& entry) {
        const bool was_fetched = entry.origin == Origin::harvest && entry.observed_at > time;
        const bool was_seen_again = (entry.origin == Origin::harvest || entry.origin == Origin::replay) &&
                                    entry.confirmed_at > std::max(time, entry.observed_at);
        return (was_fetched || was_seen_again) && overlaps(entry);
    });
}

bool Overlap::was_asked_for(std::int64_t series, std::int64_t period)
{
    if (asked_.empty())
        for (const auto& entry : prior_.timeline().entries())
            asked_.emplace(entry.coverage_id, entry.coverage);
    return std::any_of(asked_.begin(), asked_.end(), [&](const auto& one) {
        const auto known = coverages_.find(one.first);
        const auto& theirs =
            known == coverages_.end() ? coverages_[one.first] = prior_.stated(one.first) : known->second;
        return theirs.series.index_of(series) && theirs.covers_period(period, one.second);
    });
}

bool may_overlap(const StatedCells& a, Coverage a_coverage, const StatedCells& b, Coverage b_coverage)
{
    return a.series.intersects(b.series) && !common_periods(a, a_coverage, b, b_coverage).empty();
}

PeriodsGone periods_gone(const IdRanges& before, const IdRanges& now)
{
    std::set<std::int64_t> sequences_now;
    std::set<std::int64_t> sequences_kept;
    now.for_each([&](std::int64_t id) {
        if (const auto sequence = period_sequence(id))
            (before.index_of(id) ? sequences_kept : sequences_now).insert(*sequence);
    });
    StatedCells offered;
    offered.periods = now;
    PeriodsGone gone;
    before.for_each([&](std::int64_t id) {
        const auto sequence = period_sequence(id);
        if (!sequence || now.index_of(id))
            return;
        if (sequences_kept.contains(*sequence) && offered.is_before_window(id))
            gone.left_window.push_back(id);
        else if (!sequences_kept.contains(*sequence) && sequences_now.contains(*sequence))
            gone.sequences.insert(*sequence);
    });
    return gone;
}

} // namespace skurd

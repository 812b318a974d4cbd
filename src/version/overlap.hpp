#pragma once

#include "model/release.hpp"
#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace skurd {

/// Which of a dataset's releases share a covered cell with one that comes: what "overlapping" means in README.md.
/// Looks at the newest first, and at no more than a question needs.
class Overlap {
public:
    /// All must outlive this. `series` are those of the release, ascending by id.
    Overlap(PriorStates& prior, const Release& release, const std::vector<GridSeries>& series);

    /// The overlapping release that was placed last; nothing where there is none.
    std::optional<Timeline::Entry> newest();
    /// Of those before that place and not partial the one placed last.
    std::optional<Timeline::Entry> newest_complete(std::size_t before);
    /// The last place on the public's clock of those that were observed by then.
    std::optional<Time> newest_published(Time observed_by);
    /// Whether an overlapping release was fetched, or seen unchanged, after that time.
    bool was_seen_since(Time time);
    /// Whether any release asked for the cell, or was asked for every period of its series.
    bool was_asked_for(std::int64_t series, std::int64_t period);

    const StatedCells& stated(const Timeline::Entry& entry);
    const IdRanges& periods() const { return own_.periods; } ///< of the release

private:
    bool overlaps(const Timeline::Entry& entry);
    bool covers(const GridSeries& series, std::int64_t period) const;

    PriorStates& prior_;
    const Release& release_;
    const std::vector<GridSeries>& series_;
    StatedCells own_;                                   ///< its periods alone
    std::map<std::int64_t, std::size_t> positions_;     ///< period id -> position in the release
    std::map<std::int64_t, StatedCells> coverages_;     ///< by id
    std::set<std::pair<std::int64_t, Coverage>> asked_; ///< coverage id, and how far silence goes
    std::map<std::int64_t, bool> known_;                ///< release id -> whether it overlaps
};

/// Whether the periods and series that two releases cover may have a cell in common; true when in doubt.
bool may_overlap(const StatedCells& a, Coverage a_coverage, const StatedCells& b, Coverage b_coverage);

/// What became of the periods of a complete release in the full history that comes after it.
struct PeriodsGone {
    std::vector<std::int64_t> left_window; ///< the oldest, which the source offers no longer: not withdrawn
    /// Sequences of which none is left though there are others now: the whole of them is gone, and withdrawn.
    std::set<std::int64_t> sequences;
};
PeriodsGone periods_gone(const IdRanges& before, const IdRanges& now);

} // namespace skurd

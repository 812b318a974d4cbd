#include "version/timeline.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace skurd {

void Timeline::append(Entry entry)
{
    assert(entries_.empty() ||
           std::tie(entries_.back().published_at, entries_.back().seq) < std::tie(entry.published_at, entry.seq));
    newest_observed_ = std::max(newest_observed_, entry.observed_at);
    newest_seq_ = std::max(newest_seq_, entry.seq);
    places_.emplace(entry.id, entries_.size());
    entries_.push_back(std::move(entry));
}

std::optional<std::size_t> Timeline::find(std::int64_t release) const
{
    const auto found = places_.find(release);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t Timeline::place_of(std::int64_t release) const
{
    if (const auto place = find(release))
        return *place;
    throw error("the store has rows of a release {} that it does not know: put back a backup", release);
}

std::size_t Timeline::published_by(std::optional<Time> limit) const
{
    if (!limit)
        return entries_.size();
    const auto after = std::upper_bound(entries_.begin(), entries_.end(), *limit,
                                        [](Time time, const Entry& entry) { return time < entry.published_at; });
    return static_cast<std::size_t>(after - entries_.begin());
}

} // namespace skurd

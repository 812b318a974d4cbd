// A release L is put on day D, say from a file. The store knows a live fetch F that was placed before D, was observed
// after D, and covers a cell that L changes: then F saw after D what stood before L. Either L never was what the
// source said, or the source had gone back: in both cases L's number holds from D to F alone. F's own place is before
// D and stays; what it saw is stated once more at the time it saw it. Where a later release speaks of the cell before
// F did, that one ends L's word, and nothing is stated for F.
#include "version/confirmed_since.hpp"

#include "version/hashes.hpp"
#include "version/stable_id.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

/// Whether a confirmation on record moved the stamp of the vintage, and not a fetch that left no record.
bool is_on_record(const Timeline& line, const Timeline::Entry& vintage)
{
    return std::any_of(line.entries().begin(), line.entries().end(), [&](const auto& entry) {
        return entry.id != vintage.id && entry.vintage == vintage.id && entry.observed_at == vintage.confirmed_at;
    });
}

/// The first time after the day at which a live fetch was seen to say this.
std::optional<Time> first_after(const Timeline& line, const Timeline::Entry& entry, Time day)
{
    if (entry.origin != Origin::harvest && entry.origin != Origin::replay)
        return std::nullopt;
    if (entry.origin == Origin::harvest && entry.observed_at > day)
        return entry.observed_at;
    // A replay is no fetch, but later ones may have said the same.
    if (entry.confirmed_at > std::max(day, entry.observed_at) && !is_on_record(line, entry))
        return entry.confirmed_at;
    return std::nullopt;
}

} // namespace

ConfirmedSince::ConfirmedSince(PriorStates& prior, VersionEdit& edit, const ReleaseStamp& stamp)
    : prior_(prior), edit_(edit), stamp_(stamp)
{
    const auto& line = prior.timeline();
    for (std::size_t place = 0; place < stamp.place; ++place)
        if (const auto at = first_after(line, line[place], stamp.published_at)) {
            const auto [stated, is_new] = stated_.try_emplace(line[place].coverage_id);
            if (is_new)
                stated->second = prior.stated(line[place].coverage_id);
            fetches_.push_back({*at, place, stated->second});
        }
    std::stable_sort(fetches_.begin(), fetches_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
}

bool ConfirmedSince::restate(std::int64_t series, const PriorCell& before, std::optional<Time> next)
{
    const auto& line = prior_.timeline();
    const auto found = std::find_if(fetches_.begin(), fetches_.end(), [&](const Fetch& fetch) {
        return fetch.place >= before.row_place &&
               fetch.stated.get().covers(series, before.state.period, line[fetch.place].coverage);
    });
    if (found == fetches_.end() || (next && *next <= found->at))
        return false;
    const bool withdrawn = before.state.status == withdrawn_status_id();
    const Part part{static_cast<std::size_t>(found - fetches_.begin()), withdrawn,
                    withdrawn ? before.state.period : 0};
    cells_[part][series][before.state.period] = before.state;
    edit_.add_row(series, {before.state.period, id_of(part), before.state.number, before.state.status});
    ++restated_;
    return true;
}

std::int64_t ConfirmedSince::id_of(const Part& part)
{
    const auto next = stamp_.id + static_cast<std::int64_t>(ids_.size()) + 1;
    return ids_.try_emplace(part, next).first->second;
}

void ConfirmedSince::finish(const Release& release, const std::vector<GridSeries>& series)
{
    for (const auto& [part, cells] : cells_)
        add_vintage(part, release, series);
}

void ConfirmedSince::add_vintage(const Part& part, const Release& release, const std::vector<GridSeries>& series)
{
    const auto& fetch = fetches_[part.fetch];
    const auto stated = stated_in(part);
    VintageCounts counts;
    for (const auto& [id, states] : cells_.at(part))
        counts.rows += states.size();
    counts.withdrawn = part.withdrawn ? counts.rows : 0;
    ReleaseRecord record;
    record.stamp = stamp_;
    record.stamp.id = id_of(part);
    record.stamp.seq = stamp_.seq + record.stamp.id - stamp_.id;
    record.stamp.published_at = fetch.at;
    record.claim = record.published = {fetch.at, "received", Confidence::arrival};
    record.origin = Origin::import;
    record.payload_hash = prior_.timeline()[fetch.place].payload_hash;
    record.hashes = hashes_of(release_of(part, release, series));
    record.coverage = part.withdrawn ? Coverage::complete_selection : Coverage::partial;
    record.coverage_id = edit_.add_coverage(stated);
    record.cells = stated.series.size() * stated.periods.size() - stated.absent.size();
    edit_.add_vintage(record, counts);
}

StatedCells ConfirmedSince::stated_in(const Part& part) const
{
    const auto& cells = cells_.at(part);
    std::set<std::int64_t> periods;
    for (const auto& [id, states] : cells)
        for (const auto& [period, state] : states)
            periods.insert(period);
    StatedCells stated;
    for (const auto period : periods)
        stated.periods.add(period);
    std::int64_t index = 0;
    for (const auto& [id, states] : cells) {
        stated.series.add(id);
        for (const auto period : periods) {
            if (part.withdrawn || !states.contains(period))
                stated.absent.add(index);
            ++index;
        }
    }
    return stated;
}

Release ConfirmedSince::release_of(const Part& part, const Release& release, const std::vector<GridSeries>& series)
{
    Release made;
    made.dataset = release.dataset;
    made.label = release.label;
    made.dimensions = release.dimensions;
    made.time_dimension = release.time_dimension;
    stated_in(part).periods.for_each([&](std::int64_t id) { made.periods.push_back(prior_.period(id)); });
    std::sort(made.periods.begin(), made.periods.end());
    made.cells.resize(made.series_count() * made.periods.size());
    if (part.withdrawn)
        return made;
    std::map<std::int64_t, std::uint16_t> symbols = {{0, std::uint16_t(0)}};
    const auto& cells = cells_.at(part);
    for (const auto& one : series) {
        const auto found = cells.find(one.id);
        for (std::size_t column = 0; found != cells.end() && column < made.periods.size(); ++column) {
            const auto state = found->second.find(period_id(made.periods[column]));
            if (state == found->second.end())
                continue;
            const auto& [period, number, status, vintage] = state->second;
            const auto [symbol, is_new] = symbols.try_emplace(status, std::uint16_t(made.symbols.size()));
            if (is_new)
                made.symbols.push_back(prior_.symbol(status));
            made.cells[one.position * made.periods.size() + column] =
                number ? Cell::of(*number, symbol->second) : Cell::missing(symbol->second);
        }
    }
    return made;
}

} // namespace skurd

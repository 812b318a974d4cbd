// A dataset is a line of releases, ordered by the place on the public's clock and then by arrival. A release R goes
// on so:
//   1. The very same bytes as what is in force are seen unchanged, no more.
//   2. Which releases share a covered cell with R is found (overlap.cpp). What a source says now is compared with
//   what
//      stands; all else is put in the place it claims, and compared with what the releases before that place leave.
//   3. The same value hash over the same cells as the release before it: a confirmation, without looking at a cell.
//   4. Else each series is compared (cell_comparison.cpp): a row for each cell that differs, and for each that R,
//      being complete, leaves out: that is a withdrawal. No row at all: a confirmation. Else: a vintage.
//   5. A live fetch is placed now, by what differs (live_place.cpp); no release after its place speaks of its cells.
//      Where another R is late, releases after it are given the rows they now need (later_releases.cpp), or live
//      fetches that confirmed the older numbers after its day do (confirmed_since.cpp), so that every question as of
//      a day after theirs is answered as before.
// So a number that stands for ten years has one row, and yet the state at every place is exactly what the payloads
// said. Guards stand before the edit is accepted: too many cells gone at once, a scheduled fetch that says what was
// said before, and numbers that look like a slip.
#include "version/vintage_writer.hpp"

#include "base/time_text.hpp"
#include "version/field_hash.hpp"
#include "version/stable_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace skurd {

namespace {

/// A publication claimed further ahead than this is a slip in a date. A day, since clocks and time zones differ.
constexpr auto ahead_max = std::chrono::hours(24);

void refuse_future(const IncomingRelease& incoming)
{
    if (incoming.origin != Origin::harvest && incoming.claim.published_at > incoming.now + ahead_max)
        throw error("{}: published {} lies in the future (now {}): check the date", incoming.release.dataset,
                    format_date(incoming.claim.published_at), format_time(incoming.now));
}

std::size_t stated_cells(const Release& release)
{
    return static_cast<std::size_t>(std::count_if(release.cells.begin(), release.cells.end(),
                                                  [](auto& cell) { return cell.state != Cell::State::absent; }));
}

/// The release with these periods, too, none of whose cells it states.
Release with_periods(const Release& release, std::vector<Period> periods)
{
    periods.insert(periods.end(), release.periods.begin(), release.periods.end());
    std::sort(periods.begin(), periods.end());
    Release wide = release;
    wide.periods = std::move(periods);
    wide.cells.assign(wide.series_count() * wide.periods.size(), Cell());
    for (std::size_t from = 0; from < release.periods.size(); ++from) {
        const auto to = static_cast<std::size_t>(
            std::lower_bound(wide.periods.begin(), wide.periods.end(), release.periods[from]) - wide.periods.begin());
        for (std::size_t series = 0; series < release.series_count(); ++series)
            wide.cells[series * wide.periods.size() + to] = release.cell(series, from);
    }
    return wide;
}

std::string minutes_text(std::chrono::seconds time)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(time).count());
}

} // namespace

/// Never observed before an earlier release, whatever the machine's clock does: so what was known at a time is all
/// up to the last arrival by then.
VintageWriter::VintageWriter(PriorStates& prior, VersionEdit& edit, const IncomingRelease& incoming)
    : prior_(prior), edit_(edit), incoming_(incoming), line_(prior.timeline()),
      is_live_(incoming.origin == Origin::harvest)
{
    assert(incoming.release.cells.size() == incoming.release.series_count() * incoming.release.periods.size());
    const auto seen_at = incoming.arrival.held_since.value_or(incoming.now);
    stamp_.seq = line_.next_seq();
    stamp_.observed_at = std::max(seen_at, line_.newest_observed());
    stamp_.place = line_.size();
    if (is_live_)
        return;
    const bool ahead = incoming.origin != Origin::replay && incoming.claim.published_at > arrival();
    set_place(after_future(ahead ? PublicationClaim{arrival(), "received", Confidence::arrival} : incoming.claim));
}

/// A release that stands later than now came while our clock was ahead. A file that nobody dates comes after it.
PublicationClaim VintageWriter::after_future(PublicationClaim claim) const
{
    const bool is_dated = incoming_.origin != Origin::drop || claim.confidence != Confidence::arrival;
    if (!is_dated && line_.size() > 0 && line_[line_.size() - 1].published_at > arrival())
        claim.published_at = line_[line_.size() - 1].published_at;
    return claim;
}

/// When it reached us: the earlier of our clock and the server's.
Time VintageWriter::arrival() const
{
    const auto ours = incoming_.arrival.held_since.value_or(incoming_.now);
    return std::min(ours, incoming_.arrival.dated_at.value_or(ours));
}

void VintageWriter::set_place(const PublicationClaim& published)
{
    published_ = published;
    stamp_.published_at = published.published_at;
    stamp_.place = line_.published_by(published.published_at);
    stamp_.is_late = stamp_.place < line_.size();
    result_.late = stamp_.is_late && !is_live_;
    result_.placed = published;
    if (!is_live_)
        in_force_ = stamp_.place > 0 ? std::optional(line_[stamp_.place - 1]) : std::nullopt;
}

IngestResult VintageWriter::write(const IngestRules& rules)
{
    refuse_future(incoming_);
    if (const auto known = is_live_ ? same_live_release() : same_release()) {
        result_.counts.cells = static_cast<std::int64_t>(stated_cells(release()));
        result_.placed = {known->published_at, incoming_.claim.field, known->confidence};
        edit_.confirm(known->vintage, stamp_.observed_at);
    } else {
        write_release(rules);
    }
    if (!rules.agreement.anomalies)
        refuse_anomaly();
    return result_;
}

void VintageWriter::write_release(const IngestRules& rules)
{
    stamp_.id = edit_.new_release_id();
    edit_.describe(incoming_.release);
    series_ = edit_.series_of(incoming_.release);
    std::optional<Overlap> overlap(std::in_place, prior_, incoming_.release, series_);
    widen(*overlap);
    if (widened_)
        overlap.emplace(prior_, *widened_, series_);
    choose_place(*overlap);
    hashes_ = hashes_of(release());
    if (!is_same_as_in_force())
        return compare(rules, *overlap);
    result_.counts.cells = static_cast<std::int64_t>(stated_cells(release()));
    if (is_live_)
        place_live(Difference::none);
    finish({}, in_force_->coverage_id);
}

/// The very same release, known already: these bytes, published then. Without a stated time every fetch would count
/// as published anew: the bytes in force need no second record. Decoding stored bytes anew is another matter, and so
/// are series that were blocked when the bytes came first.
std::optional<Timeline::Entry> VintageWriter::same_release()
{
    if (incoming_.origin == Origin::replay)
        return std::nullopt;
    const bool untimed = incoming_.claim.confidence == Confidence::arrival;
    for (const auto& entry : line_.entries())
        if (entry.payload_hash == incoming_.payload_hash && entry.cells == stated_cells(incoming_.release) &&
            (entry.published_at == incoming_.claim.published_at ||
             (untimed && in_force_ && entry.vintage == in_force_->vintage)) &&
            prior_.has_payloads_of(entry.id, incoming_.run))
            return entry;
    return std::nullopt;
}

/// The very same bytes as those in force. Those of a release that another took over from say something new, and so do
/// those that claim a later time.
std::optional<Timeline::Entry> VintageWriter::same_live_release()
{
    for (auto place = line_.size(); place-- > 0;) {
        const auto& entry = line_[place];
        if (entry.payload_hash != incoming_.payload_hash || entry.cells != stated_cells(incoming_.release) ||
            !prior_.has_payloads_of(entry.id, incoming_.run))
            continue;
        const auto& claim = incoming_.claim;
        const bool claims_later = claim.confidence != Confidence::arrival &&
                                  claim.published_at > entry.published_at && claim.published_at <= arrival();
        const bool whole = line_[line_.place_of(entry.vintage)].coverage_id == entry.coverage_id;
        return whole && !claims_later && is_in_force(place) ? std::optional(entry) : std::nullopt;
    }
    return std::nullopt;
}

bool VintageWriter::is_in_force(std::size_t place)
{
    if (place + 1 == line_.size())
        return true;
    const auto& entry = line_[place];
    const auto stated = prior_.stated(entry.coverage_id);
    std::set<std::pair<std::int64_t, Coverage>> apart; // most releases of a dataset cover the same cells
    return std::none_of(line_.entries().begin() + static_cast<std::ptrdiff_t>(place) + 1, line_.entries().end(),
                        [&](const auto& later) {
                            return apart.emplace(later.coverage_id, later.coverage).second &&
                                   may_overlap(stated, entry.coverage, prior_.stated(later.coverage_id),
                                               later.coverage);
                        });
}

/// A full history without any period of a sequence that the one before it had, years say, though it has others: that
/// is no window that moved on, and the release is read as stating that all of them are gone.
void VintageWriter::widen(Overlap& overlap)
{
    if (incoming_.release.coverage != Coverage::full_history)
        return;
    const auto before = overlap.newest_complete(stamp_.place);
    if (!before)
        return;
    const auto& theirs = overlap.stated(*before).periods;
    gone_ = periods_gone(theirs, overlap.periods());
    std::vector<Period> withdrawn;
    theirs.for_each([&](std::int64_t id) {
        const auto sequence = period_sequence(id);
        if (sequence && gone_.sequences.contains(*sequence))
            withdrawn.push_back(prior_.period(id));
    });
    if (!withdrawn.empty())
        widened_ = with_periods(incoming_.release, std::move(withdrawn));
}

/// A fetch that was held, and is accepted after a later one of the same cells, is not what the source says now.
void VintageWriter::choose_place(Overlap& overlap)
{
    if (!is_live_)
        return;
    const auto& held = incoming_.arrival.held_since;
    if (!held || !overlap.was_seen_since(*held)) {
        in_force_ = overlap.newest();
        return;
    }
    is_live_ = false;
    const auto place = live_place({incoming_.claim, incoming_.arrival.modified, arrival(),
                                   overlap.newest_published(*held), Difference::differs});
    result_.claim = place.finding;
    set_place(place.published);
    result_.late = true;
}

void VintageWriter::place_live(Difference difference)
{
    const auto newest = in_force_ ? std::optional(in_force_->published_at) : std::nullopt;
    const auto place = live_place({incoming_.claim, incoming_.arrival.modified, arrival(), newest, difference});
    result_.claim = place.finding;
    set_place(place.published);
}

/// The release before it said the same of the same cells: no need to look at them.
bool VintageWriter::is_same_as_in_force() const
{
    return in_force_ && in_force_->value_hash == hashes_.values && in_force_->coverage == release().coverage;
}

void VintageWriter::compare(const IngestRules& rules, Overlap& overlap)
{
    std::optional<ConfirmedSince> confirmed;
    if (!is_live_ && incoming_.origin != Origin::replay)
        confirmed.emplace(prior_, edit_, stamp_);
    if (confirmed && !confirmed->any())
        confirmed.reset();
    std::optional<LaterReleases> later;
    if (!is_live_ && (stamp_.is_late || confirmed))
        later.emplace(prior_, edit_, stamp_.place, confirmed ? &*confirmed : nullptr);

    edit_.begin_rows(stamp_.is_late ? RowsAre::in_between : RowsAre::newest);
    CellComparison cells(release(), stamp_, prior_, edit_, later ? &*later : nullptr);
    if (is_live_ && in_force_ && incoming_.claim.published_at == in_force_->published_at)
        cells.tell_additions(overlap);
    for (const auto& series : series_) {
        if (incoming_.stop.stop_requested())
            throw Stopped("stopped before it was ingested");
        cells.compare(series);
    }
    take_counts(cells);
    note_periods(cells);
    hold_withdrawal(cells.withdrawal(), rules);
    if (is_live_ && cells.counts().rows > 0)
        hold_return(rules);
    anomalies_ = cells.anomalies();
    if (is_live_)
        place_live(cells.difference());
    finish(cells.counts(), edit_.add_coverage(cells.stated()));
    if (later)
        later->finish();
    if (confirmed)
        confirmed->finish(release(), series_);
    result_.counts.restored =
        static_cast<std::int64_t>((later ? later->restored() : 0) + (confirmed ? confirmed->restated() : 0));
}

void VintageWriter::take_counts(CellComparison& cells)
{
    if (cells.counts().rows > 0)
        result_.counts.reworded = static_cast<std::int64_t>(cells.write_same_values());
    result_.counts.cells = static_cast<std::int64_t>(cells.cells());
    result_.counts.rows = static_cast<std::int64_t>(cells.counts().rows);
    result_.counts.revised = static_cast<std::int64_t>(cells.counts().revised);
}

/// Periods that left the window of what is offered with this release.
void VintageWriter::note_periods(const CellComparison& cells)
{
    for (const auto id : gone_.left_window)
        if (cells.unoffered().contains(id))
            result_.no_longer_offered.push_back(prior_.period(id).text());
}

void VintageWriter::hold_withdrawal(Withdrawal withdrawal, const IngestRules& rules)
{
    if (rules.agreement.withdrawals || !withdrawal.is_more_than(rules.withdrawn_percent_max))
        return;
    const auto why = fmt::format(
        "{} of {} known cells are gone from this complete release, more than {} %: nothing was ingested; it"
        " will be when a release that comes at least {} minutes after the first such lacks the same cells, or"
        " with --accept-withdrawals",
        withdrawal.withdrawn, withdrawal.known, rules.withdrawn_percent_max,
        minutes_text(rules.confirming_fetch_after));
    hold(why, std::move(withdrawal), rules.confirming_fetch_after);
}

/// A stale cache says what was said before, and so does a source that went back.
void VintageWriter::hold_return(const IngestRules& rules)
{
    if (rules.ordered_by == OrderedBy::person)
        return;
    const auto& entries = line_.entries();
    const auto same = std::find_if(entries.rbegin(), entries.rend(), [&](const auto& entry) {
        return entry.value_hash == hashes_.values && entry.coverage == release().coverage;
    });
    if (same == entries.rend())
        return;
    FieldHash hash;
    hash.text("returned");
    hash.text(hashes_.values);
    const auto why = fmt::format(
        "this scheduled fetch says again what the release published {} said, which another took over from (a stale"
        " cache?): nothing was ingested; it will be when a fetch at least {} minutes after the first such says the"
        " same, or when a person orders the job's harvest",
        format_date(same->published_at), minutes_text(rules.returning_fetch_after));
    hold(why, {static_cast<std::size_t>(result_.counts.cells), 0, hash.hex()}, rules.returning_fetch_after);
}

/// Throws ReleaseHeld unless a release of that hash was held so long ago.
void VintageWriter::hold(const std::string& why, Withdrawal withdrawal, std::chrono::seconds wait)
{
    const auto held = prior_.held_since(withdrawal.cells_hash);
    const auto is_held_by = [&](Time limit) {
        return std::any_of(held.begin(), held.end(), [&](Time seen_at) { return seen_at <= limit; });
    };
    if (is_held_by(incoming_.arrival.held_since.value_or(incoming_.now) - wait))
        return;
    const auto message = fmt::format("{}: {}; to see what it says: payload {}", incoming_.release.dataset, why,
                                     incoming_.payload_hash);
    throw ReleaseHeld(message, std::move(withdrawal), is_held_by(incoming_.now));
}

void VintageWriter::refuse_anomaly() const
{
    const bool both_complete =
        in_force_ && in_force_->coverage != Coverage::partial && release().coverage != Coverage::partial;
    const auto why = anomalies_.why(both_complete ? std::optional(in_force_->cells) : std::nullopt,
                                    static_cast<std::size_t>(result_.counts.cells));
    if (why)
        throw AnomalousRelease(fmt::format("{}: suspicious, so nothing was ingested: {}; if it is right, "
                                           "ingest it with --accept-suspect; to see what it says: payload {}",
                                           release().dataset, *why, incoming_.payload_hash));
}

/// The words of the release, and its record: a vintage where it has rows or is the first.
void VintageWriter::finish(const VintageCounts& counts, std::int64_t coverage_id)
{
    result_.counts.relabelled = static_cast<std::int64_t>(edit_.name(incoming_.release, stamp_));
    if (counts.rows == 0 && line_.size() > 0)
        confirm(coverage_id);
    else
        add_vintage(record(coverage_id), counts);
}

ReleaseRecord VintageWriter::record(std::int64_t coverage_id) const
{
    const bool is_import = result_.late && incoming_.origin != Origin::replay;
    ReleaseRecord record;
    record.stamp = stamp_;
    record.claim = incoming_.claim;
    record.published = published_;
    record.origin = is_import ? Origin::import : incoming_.origin;
    record.payload_hash = incoming_.payload_hash;
    record.hashes = hashes_;
    record.coverage = release().coverage;
    record.coverage_id = coverage_id;
    record.run = incoming_.run;
    record.cells = static_cast<std::size_t>(result_.counts.cells);
    return record;
}

void VintageWriter::add_vintage(const ReleaseRecord& record, const VintageCounts& counts)
{
    edit_.add_vintage(record, counts);
    result_.counts.withdrawn = static_cast<std::int64_t>(counts.withdrawn);
    Vintage made;
    made.id = stamp_.id;
    made.dataset = release().dataset;
    made.published = record.published;
    made.observed_at = made.last_confirmed_at = stamp_.observed_at;
    made.origin = record.origin;
    made.payload_hash = made.made_from = record.payload_hash;
    made.content_hash = hashes_.content;
    made.value_hash = hashes_.values;
    made.run = record.run;
    result_.vintage = made;
}

void VintageWriter::confirm(std::int64_t coverage_id)
{
    if (!in_force_)
        return;
    edit_.confirm(in_force_->vintage, stamp_.observed_at);
    const bool other_bytes = std::none_of(line_.entries().begin(), line_.entries().end(), [&](const auto& known) {
        return known.vintage == in_force_->vintage && known.payload_hash == incoming_.payload_hash;
    });
    result_.counts.suppressed = other_bytes ? 1 : 0;
    edit_.add_confirmation(record(coverage_id), in_force_->vintage);
}

} // namespace skurd

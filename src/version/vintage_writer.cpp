// A dataset is a line of releases, ordered by the time of publication and then by arrival. A release R is put in its
// place there, and compared with what the releases before that place leave: the prior states.
//   1. The very same bytes, published at the same time, are R again: its vintage was seen unchanged, no more.
//   2. The same value hash over the same cells as the release before it: a confirmation, without looking at a cell.
//   3. Else each series is compared (cell_comparison.cpp): a row for each cell that differs, and for each that R,
//      being complete, leaves out: that is a withdrawal. No row at all: a confirmation. Else: a vintage.
//   4. Where R is late, releases after it are given the rows they now need (later_releases.cpp), so that every
//      question as of a day after theirs is answered as before.
// So a number that stands for ten years has one row, and yet the state at every place is exactly what the payloads
// said. Two guards stand before the edit is accepted: too many cells gone at once, and numbers that look like a slip.
#include "version/vintage_writer.hpp"

#include "base/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

/// A publication claimed further ahead than this is a slip in a date. A day, since clocks and time zones differ.
constexpr auto ahead_max = std::chrono::hours(24);

void refuse_future(const IncomingRelease& incoming)
{
    if (incoming.claim.published_at > incoming.now + ahead_max)
        throw error("{}: published {} lies in the future (now {}): check the date", incoming.release.dataset,
                    format_date(incoming.claim.published_at), format_time(incoming.now));
}

std::size_t stated_cells(const Release& release)
{
    return static_cast<std::size_t>(std::count_if(release.cells.begin(), release.cells.end(),
                                                  [](auto& cell) { return cell.state != Cell::State::absent; }));
}

/// Never observed before an earlier release, whatever the machine's clock does.
ReleaseStamp stamp_of(const Timeline& line, const IncomingRelease& incoming)
{
    ReleaseStamp stamp;
    stamp.seq = line.next_seq();
    stamp.published_at = incoming.claim.published_at;
    stamp.observed_at = std::max(incoming.now, line.newest_observed());
    stamp.place = line.published_by(stamp.published_at);
    stamp.is_late = stamp.place < line.size();
    return stamp;
}

} // namespace

VintageWriter::VintageWriter(PriorStates& prior, VersionEdit& edit, const IncomingRelease& incoming)
    : prior_(prior), edit_(edit), incoming_(incoming), release_(incoming.release), line_(prior.timeline()),
      stamp_(stamp_of(line_, incoming))
{
    assert(release_.cells.size() == release_.series_count() * release_.periods.size());
    if (stamp_.place > 0)
        in_force_ = line_[stamp_.place - 1];
    result_.late = stamp_.is_late;
}

IngestResult VintageWriter::write(const IngestRules& rules)
{
    refuse_future(incoming_);
    if (const auto known = same_release()) {
        result_.counts.cells = static_cast<std::int64_t>(stated_cells(release_));
        edit_.confirm(known->vintage, incoming_.now);
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
    hashes_ = hashes_of(release_);
    result_.counts.relabelled = static_cast<std::int64_t>(edit_.describe(release_, stamp_));
    if (!is_same_as_in_force())
        return compare(rules);
    result_.counts.cells = static_cast<std::int64_t>(stated_cells(release_));
    confirm(in_force_->coverage_id);
}

/// The very same release, known already: these bytes, published then. Without a stated time every fetch would count
/// as published anew: the bytes in force need no second record. Decoding kept bytes anew is another matter.
std::optional<Timeline::Entry> VintageWriter::same_release()
{
    if (incoming_.origin == Origin::replay)
        return std::nullopt;
    const bool untimed = incoming_.claim.confidence == Confidence::arrival;
    for (const auto& entry : line_.entries())
        if (entry.payload_hash == incoming_.payload_hash &&
            (entry.published_at == incoming_.claim.published_at ||
             (untimed && in_force_ && entry.vintage == in_force_->vintage)) &&
            prior_.has_payloads_of(entry.id, incoming_.run))
            return entry;
    return std::nullopt;
}

/// The release before it said the same of the same cells: no need to look at them.
bool VintageWriter::is_same_as_in_force() const
{
    return in_force_ && in_force_->value_hash == hashes_.values && in_force_->coverage == release_.coverage;
}

void VintageWriter::compare(const IngestRules& rules)
{
    LaterReleases later(prior_, edit_, stamp_.place);
    CellComparison cells(release_, stamp_, prior_, edit_, later);
    for (const auto& series : edit_.series_of(release_))
        cells.compare(series);
    if (cells.counts().rows > 0)
        result_.counts.reworded = static_cast<std::int64_t>(cells.write_same_values());
    result_.counts.cells = static_cast<std::int64_t>(cells.cells());
    result_.counts.rows = static_cast<std::int64_t>(cells.counts().rows);
    result_.counts.revised = static_cast<std::int64_t>(cells.counts().revised);
    hold_withdrawal(cells.withdrawal(), rules);
    anomalies_ = cells.anomalies();
    const auto coverage_id = edit_.add_coverage(cells.stated());
    if (result_.counts.rows == 0 && line_.size() > 0)
        confirm(coverage_id);
    else
        add_vintage(record(coverage_id), cells);
    later.finish();
    result_.counts.restored = static_cast<std::int64_t>(later.restored());
}

void VintageWriter::hold_withdrawal(Withdrawal withdrawal, const IngestRules& rules)
{
    if (rules.agreement.withdrawals || !withdrawal.is_more_than(rules.withdrawn_percent_max))
        return;
    const auto held = prior_.held_withdrawals(withdrawal.cells_hash);
    const auto is_held_by = [&](Time limit) {
        return std::any_of(held.begin(), held.end(), [&](Time seen_at) { return seen_at <= limit; });
    };
    if (is_held_by(incoming_.now - rules.confirming_fetch_after))
        return;
    const auto message = fmt::format(
        "{}: {} of {} known cells are gone from this complete release, more than {} %: nothing was ingested; it"
        " will be when a release that comes at least {} minutes after the first such lacks the same cells, or"
        " with --accept-withdrawals; to see what it says: payload {}",
        release_.dataset, withdrawal.withdrawn, withdrawal.known, rules.withdrawn_percent_max,
        std::chrono::duration_cast<std::chrono::minutes>(rules.confirming_fetch_after).count(),
        incoming_.payload_hash);
    throw WithdrawalHeld(message, std::move(withdrawal), is_held_by(incoming_.now));
}

void VintageWriter::refuse_anomaly() const
{
    const bool both_complete =
        in_force_ && in_force_->coverage != Coverage::partial && release_.coverage != Coverage::partial;
    const auto why = anomalies_.why(both_complete ? std::optional(in_force_->cells) : std::nullopt,
                                    static_cast<std::size_t>(result_.counts.cells));
    if (why)
        throw AnomalousRelease(fmt::format("{}: suspicious, so nothing was ingested: {}; if it is right, "
                                           "ingest it with --accept-suspect; to see what it says: payload {}",
                                           release_.dataset, *why, incoming_.payload_hash));
}

ReleaseRecord VintageWriter::record(std::int64_t coverage_id) const
{
    ReleaseRecord record;
    record.stamp = stamp_;
    record.claim = incoming_.claim;
    record.origin = stamp_.is_late && incoming_.origin != Origin::replay ? Origin::import : incoming_.origin;
    record.payload_hash = incoming_.payload_hash;
    record.hashes = hashes_;
    record.coverage = release_.coverage;
    record.coverage_id = coverage_id;
    record.run = incoming_.run;
    record.cells = static_cast<std::size_t>(result_.counts.cells);
    return record;
}

void VintageWriter::add_vintage(const ReleaseRecord& record, const CellComparison& cells)
{
    edit_.add_vintage(record, cells.counts());
    result_.counts.withdrawn = static_cast<std::int64_t>(cells.counts().withdrawn);
    Vintage made;
    made.id = stamp_.id;
    made.dataset = release_.dataset;
    made.published = record.claim;
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
    edit_.confirm(in_force_->vintage, incoming_.now);
    const bool other_bytes = std::none_of(line_.entries().begin(), line_.entries().end(), [&](const auto& known) {
        return known.vintage == in_force_->vintage && known.payload_hash == incoming_.payload_hash;
    });
    result_.counts.suppressed = other_bytes ? 1 : 0;
    edit_.add_confirmation(record(coverage_id), in_force_->vintage);
}

} // namespace skurd

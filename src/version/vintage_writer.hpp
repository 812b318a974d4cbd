#pragma once

#include "base/error.hpp"
#include "model/ingest.hpp"
#include "version/cell_comparison.hpp"
#include "version/live_place.hpp"
#include "version/overlap.hpp"
#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

/// A release on its way in. What it refers to must outlive it.
struct IncomingRelease {
    const Release& release;
    const PublicationClaim& claim;
    Origin origin = Origin::harvest;
    const std::string& payload_hash; ///< of the last payload it was decoded from
    std::int64_t run = 0;            ///< 0 = none
    Time now{};
    Arrival arrival{};
    std::stop_token stop{};
};

/// A release that is not believed before a second one, some time after it, says the same: one that lacks more of the
/// known cells than the rules allow, or one that says what an earlier vintage said. Nothing is written of it; the
/// owner of the edits takes them back and notes it, unless that is noted, so that the second one may be believed.
class ReleaseHeld : public Error {
public:
    ReleaseHeld(const std::string& message, Withdrawal withdrawal, bool is_noted)
        : Error(message), withdrawal_(std::move(withdrawal)), is_noted_(is_noted)
    {
    }

    const Withdrawal& withdrawal() const { return withdrawal_; } ///< its hash says which release is a second one
    bool is_noted() const { return is_noted_; }

private:
    Withdrawal withdrawal_;
    bool is_noted_;
};

/// Writes one release as an edit of what is known of its dataset: a vintage with what differs from what it is
/// compared with, or a confirmation of that. What a source says now (Origin::harvest) is placed by the rule for live
/// fetches, all else where it claims.
class VintageWriter {
public:
    /// Both must outlive this and be of the release's dataset.
    VintageWriter(PriorStates& prior, VersionEdit& edit, const IncomingRelease& incoming);

    /// Call it once. Throws ReleaseHeld and AnomalousRelease as the rules say, and Error for a file that claims to be
    /// published more than a day from now, and Stopped; then what was written must be taken back.
    IngestResult write(const IngestRules& rules);

private:
    void write_release(const IngestRules& rules);
    std::optional<Timeline::Entry> same_release();
    std::optional<Timeline::Entry> same_live_release();
    bool is_in_force(std::size_t place);
    void choose_place(Overlap& overlap);
    void place_live(Difference difference);
    void set_place(const PublicationClaim& published);
    void widen(Overlap& overlap);
    bool is_same_as_in_force() const;
    void compare(const IngestRules& rules, Overlap& overlap);
    void take_counts(CellComparison& cells);
    void note_periods(const CellComparison& cells);
    void hold_withdrawal(Withdrawal withdrawal, const IngestRules& rules);
    void hold_return(const IngestRules& rules);
    void hold(const std::string& why, Withdrawal withdrawal, std::chrono::seconds wait);
    void refuse_anomaly() const;
    void finish(const VintageCounts& counts, std::int64_t coverage_id);
    void add_vintage(const ReleaseRecord& record, const VintageCounts& counts);
    void confirm(std::int64_t coverage_id);
    ReleaseRecord record(std::int64_t coverage_id) const;
    const Release& release() const { return widened_ ? *widened_ : incoming_.release; }
    Time arrival() const;
    PublicationClaim after_future(PublicationClaim claim) const;

    PriorStates& prior_;
    VersionEdit& edit_;
    const IncomingRelease& incoming_;
    const Timeline& line_;
    ReleaseStamp stamp_;
    bool is_live_ = false;                    ///< the rule for live fetches places it
    std::optional<Timeline::Entry> in_force_; ///< what it is compared with: of a live fetch the newest it overlaps
    std::optional<Release> widened_;          ///< the release and periods that it must say are gone
    std::vector<GridSeries> series_;
    PeriodsGone gone_;
    ReleaseHashes hashes_;
    PublicationClaim published_;
    AnomalyCheck anomalies_;
    IngestResult result_;
};

} // namespace skurd

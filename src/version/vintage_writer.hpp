#pragma once

#include "base/error.hpp"
#include "model/ingest.hpp"
#include "version/cell_comparison.hpp"
#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <optional>
#include <string>

namespace skurd {

/// A release on its way in. What it refers to must outlive it.
struct IncomingRelease {
    const Release& release;
    const PublicationClaim& claim;
    Origin origin = Origin::harvest;
    const std::string& payload_hash; ///< of the last payload it was decoded from
    std::int64_t run = 0;            ///< 0 = none
    Time now{};
};

/// A complete release that lacks more of the known cells than the rules allow. Nothing is written of it; the owner
/// of the edits takes them back and notes the withdrawal, unless that is noted, so that a second one may be believed.
class WithdrawalHeld : public Error {
public:
    WithdrawalHeld(const std::string& message, Withdrawal withdrawal, bool is_noted)
        : Error(message), withdrawal_(std::move(withdrawal)), is_noted_(is_noted)
    {
    }

    const Withdrawal& withdrawal() const { return withdrawal_; }
    bool is_noted() const { return is_noted_; }

private:
    Withdrawal withdrawal_;
    bool is_noted_;
};

/// Writes one release as an edit of what is known of its dataset: a vintage with what differs from the release
/// published before it, or a confirmation of that.
class VintageWriter {
public:
    /// Both must outlive this and be of the release's dataset.
    VintageWriter(PriorStates& prior, VersionEdit& edit, const IncomingRelease& incoming);

    /// Call it once. Throws WithdrawalHeld and AnomalousRelease as the rules say, and Error for a release that claims
    /// to be published more than a day from now; then what was written must be taken back.
    IngestResult write(const IngestRules& rules);

private:
    void write_release(const IngestRules& rules);
    std::optional<Timeline::Entry> same_release();
    bool is_same_as_in_force() const;
    void compare(const IngestRules& rules);
    void hold_withdrawal(Withdrawal withdrawal, const IngestRules& rules);
    void refuse_anomaly() const;
    void add_vintage(const ReleaseRecord& record, const CellComparison& cells);
    void confirm(std::int64_t coverage_id);
    ReleaseRecord record(std::int64_t coverage_id) const;

    PriorStates& prior_;
    VersionEdit& edit_;
    const IncomingRelease& incoming_;
    const Release& release_;
    const Timeline& line_;
    ReleaseStamp stamp_;
    std::optional<Timeline::Entry> in_force_; ///< the release before it
    ReleaseHashes hashes_;
    AnomalyCheck anomalies_;
    IngestResult result_;
};

} // namespace skurd

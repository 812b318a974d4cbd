#pragma once

#include "model/agreement.hpp"
#include "model/dataset_schema.hpp"
#include "model/indicator.hpp"
#include "run/decoded_release.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The dataset has other dimensions than before, or a drift blocks all that came: nothing was ingested.
class SchemaDriftError : public Error {
public:
    using Error::Error;
};

/// A decoded release held against the dataset schema that was accepted before it.
class SchemaCheck {
public:
    /// What runs, replays and retries are checked by. `accepted` is nothing for a dataset without a schema yet: then
    /// nothing has drifted.
    SchemaCheck(const ReadyJob& job, const Catalogue& catalogue, const std::optional<DatasetSchema>& accepted,
                const DecodedRelease& decoded);

    /// Takes the series that the drift blocks out of the release, as if the source had not mentioned them.
    void block(Release& release);

    const std::vector<Drift>& drift() const { return drift_; }
    const std::vector<Selector>& in_use() const { return in_use_; } ///< series of the dataset that indicators read
    std::size_t blocked() const { return blocked_; }                ///< series that block() took out
    bool blocks_all() const { return blocks_all_; }                 ///< whether block() left nothing to ingest
    /// For a run's record: "; the dataset schema drifted: …", at most five; "" where it did not.
    std::string text() const;
    /// What to hold the next release against: all of this one's schema where a person agrees to the drift, else but
    /// for what blocks.
    DatasetSchema schema_after(const Agreement& agreement, Time seen_at) const;

private:
    std::string job_hash_;
    std::vector<Dimension> before_;
    std::vector<Dimension> now_;
    std::vector<Selector> in_use_;
    std::vector<Drift> drift_;
    std::size_t blocked_ = 0;
    bool blocks_all_ = false;
};

} // namespace skurd

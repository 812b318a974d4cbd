#pragma once

#include "tests/version/planned_releases.hpp"

#include <optional>

namespace skurd::test {

/// Something that ingests planned releases and answers questions: the store, or the algorithm over plain maps.
class TriedStore {
public:
    virtual ~TriedStore() = default;

    /// What a sequence is tried in; everything since is taken back by end().
    virtual void begin() = 0;
    virtual void end() = 0;

    virtual bool ingest(const PlannedRelease& planned) = 0; ///< false when the release is refused
    /// Every cell of the dataset, with numbers without zeros at the end; empty while nothing was ingested.
    virtual Cells state(const AsOf& as_of, std::optional<Time> published_from) = 0;

protected:
    static IngestRules rules_for(const PlannedRelease& planned)
    {
        IngestRules rules;
        rules.agreement.withdrawals = planned.withdrawals_allowed;
        rules.agreement.anomalies = true; // random numbers are: tests/store/anomaly_test.cpp is about that
        rules.confirming_fetch_after = std::chrono::hours(1000);
        return rules;
    }
};

/// As the reference model compares them.
inline std::string without_zeros(const std::string& word)
{
    return word == "2.50" ? "2.5" : word;
}

} // namespace skurd::test

#pragma once

#include "model/dataset_schema.hpp"

#include "store/store_session.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// The accepted schemas of datasets, and what drifted from them.
class DatasetSchemaStore {
public:
    explicit DatasetSchemaStore(const StoreSession& session) : session_(session) {}

    /// Nothing for a dataset that was not ingested since skurd stores schemas, or not at all.
    std::optional<DatasetSchema> accepted(const std::string& dataset) const;
    /// The one that was accepted when that run had ended.
    std::optional<DatasetSchema> accepted_after(const std::string& dataset, std::int64_t run) const;
    /// Stores it where it differs from the one stored last. Throws Error for an unknown dataset.
    void store(const std::string& dataset, const DatasetSchema& schema, std::int64_t run);
    /// Records what was not recorded of this dataset since its schema was last stored; of more than a thousand at
    /// once the gravest, and how many more there were.
    void record_drift(const std::string& dataset, const std::vector<Drift>& drift, std::int64_t run);
    std::vector<RecordedDrift> drift(const std::string& dataset) const; ///< newest first; of all datasets for ""

private:
    std::set<std::pair<std::string, std::string>> drift_texts(std::int64_t dataset) const;

    const StoreSession& session_;
};

} // namespace skurd

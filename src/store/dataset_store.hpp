#pragma once

#include "model/attribution.hpp"
#include "model/dataset_summary.hpp"
#include "model/vintage.hpp"

#include <cstddef>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Which datasets there are, without their numbers.
class DatasetStore {
public:
    explicit DatasetStore(const StoreSession& session) : session_(session) {}

    std::vector<DatasetSummary> list() const; ///< that have a vintage; by name
    /// How often the dataset was ingested into; 0 for one that is not there.
    std::int64_t token(const std::string& dataset) const;
    /// How many series a selector means. Throws Error (usage) for what the store does not know, naming what it does.
    std::size_t series_count(const Selector& selector) const;

    /// Whom each dataset is credited to, as the job files say now, beside it for who reads the store alone. Writes
    /// only what changed; how many datasets that was. No commit: no number reads otherwise.
    std::size_t store_attributions(const Attributions& attributions);

private:
    const StoreSession& session_;
};

} // namespace skurd

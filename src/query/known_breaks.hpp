#pragma once

#include "model/annotation.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The breaks that people marked, and that the sources' notes tell of, as they were known at the two clocks. They
/// forbid comparisons until the catalogue says otherwise.
///
/// A note counts when it speaks of a break and names exactly one year: the break is from that year on. What notes say
/// less clearly is a flag, and a person marks it. What is known of a dataset is read once. The store outlives it.
class KnownBreaks {
public:
    KnownBreaks(const StoreSession& store, const AsOf& as_of) : store_(store), as_of_(as_of) {}

    /// Those in the series (dataset -> ids), ascending.
    std::vector<SeriesBreak> of(const std::map<std::string, std::set<std::int64_t>>& series);

private:
    struct OfDataset {
        std::vector<Annotation> marks; ///< of breaks, that stand
        std::vector<SeriesBreak> noted;
    };
    const OfDataset& dataset(const std::string& name);

    const StoreSession& store_;
    AsOf as_of_;
    std::map<std::string, OfDataset> datasets_;
};

} // namespace skurd

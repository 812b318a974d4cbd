#pragma once

#include "model/drift.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The newest period of each series in use that a drift touches, before a release with it is ingested because a
/// person agreed to it.
class DriftBreaks {
public:
    /// `in_use` are selectors of the dataset; those that mean several series are left out.
    DriftBreaks(const StoreSession& store, const std::vector<Selector>& in_use, const std::vector<Drift>& drift);

    /// Once the release is in the store: marks a break at the first new period of each series that goes on with
    /// earlier numbers as they were. Where all of them were given anew there is nothing to mark. A person withdraws
    /// the mark where the series compares all the same (skurd annotate --withdraw).
    void mark(StoreSession& store) const;

private:
    struct Touched {
        Selector selector;
        std::string text; ///< of the drift
        std::vector<Observation> before;
    };
    std::vector<Touched> touched_;
};

} // namespace skurd

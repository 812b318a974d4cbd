#pragma once

#include "model/drift.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The breaks that people marked, and that the sources' notes tell of, in those series (dataset -> ids), as they were
/// known at the two clocks; ascending. They forbid comparisons until the catalogue says otherwise.
///
/// A note counts when it speaks of a break and names exactly one year: the break is from that year on. What notes say
/// less clearly is a flag, and a person marks it.
std::vector<SeriesBreak> known_breaks(const StoreSession& store,
                                      const std::map<std::string, std::set<std::int64_t>>& series, const AsOf& as_of);

/// The year of a break that a note tells of; nothing where it names none, or several, or says that there is no break.
std::optional<int> break_year(const std::string& note);

/// The newest period of each series in use that a drift touches, before a release with it is taken in though a person
/// was asked first.
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

#pragma once

#include "flag/flag_reconciler.hpp"
#include "model/annotation.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// Gathers the series that indicators read and of which the source has withdrawn cells.
class WithdrawnSeries {
public:
    /// What an indicator reads.
    void see(int indicator, const std::vector<Observation>& observations);
    /// "withdrawn/ssb/07459{Region=0}": one for each series; it names the periods and all who read it.
    std::vector<FlagCause> causes() const;

private:
    struct WithdrawnPeriods {
        std::string name; ///< of the series, for people
        std::set<Period> periods;
        std::set<int> readers;
    };
    std::map<std::string, WithdrawnPeriods> series_; ///< by the selector that names it
};

/// Who reads a dataset.
struct DatasetReaders {
    std::set<int> indicators;                        ///< that read any of it
    std::map<int, std::vector<Selector>> selections; ///< which series each reads
};

/// Of annotations of kind break that stand: "break/annotation/3", one for each whose series an indicator reads.
/// The map is by dataset.
std::vector<FlagCause> annotated_breaks(const std::vector<Annotation>& annotations,
                                        const std::map<std::string, DatasetReaders>& readers);

/// Of the notes of a dataset that somebody reads: "break/ssb/07459", one for all that speak of a break. A person
/// answers it; it is closed when the source no longer says so. Nothing where none does.
std::optional<FlagCause> noted_break(const std::string& dataset, const std::vector<std::string>& notes,
                                     const DatasetReaders& readers);

} // namespace skurd

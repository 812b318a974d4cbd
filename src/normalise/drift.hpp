#pragma once

#include "model/cube.hpp"
#include "model/drift.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// How a dataset schema, all its dimensions but time, differs from what it was.
///
/// | what                                             | where series in use have it |
/// |--------------------------------------------------|-----------------------------|
/// | a code is new, a label reads otherwise           | harmless                    |
/// | more decimals                                    | harmless                    |
/// | fewer decimals                                   | blocks series               |
/// | another unit, base, or number in a measure's label | blocks series             |
/// | a code is gone                                   | blocks series               |
/// | a code is gone that the job names                | blocks series, used or not  |
/// | another classification                           | blocks series               |
/// | a dimension is new or gone                       | blocks dataset              |
///
/// What touches no series in use is harmless. A unit, base, classification or number of decimals that was unsaid
/// before is harmless too: the source says more than it did.
struct SchemaComparison {
    const std::vector<Dimension>& before;
    const std::vector<Dimension>& now;
    const std::vector<Selector>& in_use; ///< the series that indicators read, of this dataset
    bool codes_may_be_gone = true; ///< false where codes that are not mentioned may simply not have been asked for
    std::map<std::string, std::vector<std::string>> gone{}; ///< by dimension: codes that the job names, and are gone
};
std::vector<Drift> compare_schemas(const SchemaComparison& schemas);

/// The schema to compare the next one with: `now`, but for what blocks series or the dataset, which stays as
/// `before`.
std::vector<Dimension> accepted_schema(const std::vector<Dimension>& before, const std::vector<Dimension>& now,
                                       const std::vector<Drift>& drift);

/// Takes the series in use that a drift blocks out of a release: their cells become absent, as if the source had not
/// mentioned them. How many series.
std::size_t block_series(Release& release, const std::vector<Drift>& drift, const std::vector<Selector>& in_use);

} // namespace skurd

#pragma once

#include "model/cube.hpp"
#include "model/drift.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace skurd {

/// How a dataset schema differs from what it was. Of time only the labels are compared, period by period.
///
/// | what                                             | where series in use have it |
/// |--------------------------------------------------|-----------------------------|
/// | a code is new, a label reads otherwise           | harmless                    |
/// | more decimals                                    | harmless                    |
/// | fewer decimals                                   | blocks series               |
/// | another unit, base, or number in a measure's label | blocks series             |
/// | labels stand at other codes than before          | blocks series, used or not  |
/// | labels stand at other periods than before        | blocks dataset              |
/// | a code is gone                                   | blocks series               |
/// | a code is gone that the job names                | blocks series, used or not  |
/// | another classification                           | blocks series               |
/// | a dimension is new or gone                       | blocks dataset              |
///
/// A label has moved when it was of one code and is of another now, while the code it left is there with another
/// label: codes are positions and one was inserted, or a code was given to something else. A label that several codes
/// have tells nothing, and what only got something behind it ("Akershus (-2019)") is the same label.
///
/// What else touches no series in use is harmless. A unit, base, classification or number of decimals that was unsaid
/// before is harmless too: the source says more than it did.
struct SchemaComparison {
    const std::vector<Dimension>& before;
    const std::vector<Dimension>& now;
    const std::vector<Selector>& in_use; ///< the series that indicators read, of this dataset
    bool codes_may_be_gone = true; ///< false where codes that are not mentioned may simply not have been asked for
    std::map<std::string, std::vector<std::string>> gone{}; ///< by dimension: codes that the job names, and are gone
    std::span<const Dimension> listed{}; ///< with the codes that the source lists now, asked for or not
};
std::vector<Drift> compare_schemas(const SchemaComparison& schemas);

/// The schema to compare the next one with: `now`, but for what blocks series or the dataset, which stays as
/// `before`.
std::vector<Dimension> accepted_schema(const std::vector<Dimension>& before, const std::vector<Dimension>& now,
                                       const std::vector<Drift>& drift);

/// Takes the series that a drift blocks out of a release, those in use or all (Reach): their cells become absent, as
/// if the source had not mentioned them. How many series.
std::size_t block_series(Release& release, const std::vector<Drift>& drift, const std::vector<Selector>& in_use);

/// Gives the codes whose series are all blocked (Reach::every_series) the words of the accepted schema again: the
/// numbers that stand there are still those of the old label.
void put_back_words(Release& release, const std::vector<Dimension>& before, const std::vector<Drift>& drift);

} // namespace skurd

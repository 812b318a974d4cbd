#pragma once

#include "base/clock.hpp"
#include "base/decimal.hpp"
#include "base/enum_words.hpp"
#include "model/localized_text.hpp"
#include "model/period.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

struct PublishedNumber {
    Time published{};
    Decimal number;
};

enum class RevisionUnit { points, percent };
template <>
inline constexpr auto enum_words<RevisionUnit> = word_table<RevisionUnit>({
    {RevisionUnit::points, "percentage points"},
    {RevisionUnit::percent, "percent"},
});

/// A figure and what became of it: the numbers published for one period that compare with one another.
struct Figure {
    Period period;
    RevisionUnit unit = RevisionUnit::percent; ///< that its revisions are counted in: points for a share
    std::vector<PublishedNumber> versions;     ///< ascending, at least one; neighbours differ in value
    Time last_stood{};                         ///< the last release at which it stood: a later one than the first
                                               ///< had the chance to revise it
};

/// The figures of an indicator or a series, by period; those of one period by time.
struct RevisionHistory {
    std::string id; ///< the indicator's number, or the series: "ssb/07459{Region=0}"
    std::vector<Figure> figures;
};

/// How figures are revised. A revision is the last number less the first, in points or in percent of the first;
/// means are over all that were followed, with zero for those never revised, and have two decimals.
struct RevisionProfile {
    std::size_t figures = 0;
    std::size_t followed = 0; ///< of those, that stood at a later release than their first
    std::size_t revised = 0;  ///< of those, that were given another number, if only for a time
    std::size_t up = 0;       ///< the last number above the first
    std::size_t down = 0;
    std::size_t uncounted = 0;   ///< revised, but the first was zero, so no percentage: not in the means
    std::optional<Decimal> mean; ///< nothing where nothing was followed
    std::optional<Decimal> mean_absolute;
    std::optional<int> days_median; ///< from the first number to the last, of those revised; whole days
    std::optional<int> days_most;
};

/// The profile of an indicator, of a series, or of all that come from one source.
struct RevisionGroup {
    std::string id;      ///< of its history, or the source's name
    LocalizedText label; ///< of an indicator; else empty
    RevisionUnit unit = RevisionUnit::percent;
    RevisionProfile profile;
};

} // namespace skurd
